import './tables.ts'

export { addClasses, type NewClass } from './commands/add-classes.ts'
export { addPerson, type NewPerson } from './commands/add-person.ts'
export { addPupils, type NewPupil } from './commands/add-pupils.ts'
export { addSchool, type NewSchool, slugOf } from './commands/add-school.ts'
export { addDepartment, addSubjects } from './commands/add-subjects.ts'
export { addTrust, founderOf, type NewTrust } from './commands/add-trust.ts'
export {
  answerPupilsLeft,
  answerStaffLeft,
  answerTwoRolls,
  type TwoRollsAnswer,
} from './commands/answer-roll.ts'
export { askLeft, askTwoRolls, type TwoRolls } from './commands/ask-roll.ts'
export { changePerson } from './commands/change-person.ts'
export { endPostsAt } from './commands/end-posts-at.ts'
export { eraseCharacteristics, erasePupils, type RecordRows, recordRows } from './commands/erase-pupils.ts'
export {
  joinPupils,
  type LikelyTwo,
  likelyTwos,
  type RecordClash,
  recordClashes,
  type Two,
} from './commands/join-pupils.ts'
export { addTeachers, endClassPlaces } from './commands/keep-classes.ts'
export {
  addPredecessors,
  endMembership,
  recordJoining,
  reviseSchool,
  reviseTrust,
} from './commands/keep-schools.ts'
export { leaveRoll } from './commands/leave-roll.ts'
export { carryInto, type MergedSchool } from './commands/merge-schools.ts'
export { movePupil } from './commands/move-pupil.ts'
export { placePupils } from './commands/place-pupils.ts'
export type { ClassPlace, Movement, Placement, RecordedCharacteristic } from './commands/pupil-rows.ts'
export { recordLeaving } from './commands/record-leaving.ts'
export { removePupils } from './commands/remove-pupils.ts'
export { type PupilRevision, revisePupils } from './commands/revise-pupils.ts'
export { setVision } from './commands/set-vision.ts'
export { type AskedSplit, type ClassMove, renameClass, splitClass } from './commands/split-class.ts'
export { takeBackPlaces } from './commands/take-back-places.ts'
export { type Belonging, beforeJoining, belongedOn } from './domain/belonging.ts'
export {
  type CharacteristicKind,
  type Characteristics,
  characteristicKinds,
  characteristicsOn,
  type DatedCharacteristic,
} from './domain/characteristics.ts'
export * as codes from './domain/codes.ts'
export { looksCutShort } from './domain/cut-short.ts'
export { groupBySlug, groups, type PupilGroup } from './domain/groups.ts'
export { canRecordLeaving } from './domain/leaving.ts'
export { type ClassKin, type ClassMember, classKin, classMembers } from './queries/class-members.ts'
export { type ClassPlaces, classPlaces } from './queries/class-places.ts'
export {
  type Class,
  type ClassWithTeachers,
  classById,
  classesOf,
  type Department,
  departments,
  type Subject,
  subjects,
} from './queries/classes.ts'

export { describedLeaversUpTo, letPeopleGo, peopleLeftUpTo, pupilsBornUpTo } from './queries/due.ts'

export { type HeldPupil, pupilsHeld } from './queries/held-of-school.ts'
export { type Merger, mergers } from './queries/mergers.ts'
export { namesKnown } from './queries/names-known.ts'
export { type Person, people, person, personByEmail } from './queries/people.ts'
export { type KnownPlaces, placesOfUpns } from './queries/places-of-upns.ts'
export {
  type KnownPupil,
  type Leaver,
  leaversOf,
  pupilFacts,
  pupilsByUpn,
} from './queries/pupil-facts.ts'
export { type PupilMarks, pupilMarks } from './queries/pupil-marks.ts'
export {
  type PupilClass,
  type PupilEnrolment,
  type PupilName,
  type PupilPage,
  pupilById,
  pupilIdByUpn,
  pupilNames,
} from './queries/pupil-page.ts'
export { type PupilState, pupilState, pupilStates, pupilStatesOf } from './queries/pupil-states.ts'
export { type PupilForMatching, pupilsForMatching } from './queries/pupils-for-matching.ts'
export { leftAsked, type RollQuestion, rollQuestion, rollQuestions } from './queries/roll-questions.ts'
export {
  type Cluster,
  clusters,
  latestMembership,
  predecessors,
  type School,
  schoolById,
  schoolBySlug,
  schoolByUrn,
  schools,
} from './queries/schools.ts'
export { type FoundPupil, searchPupils, searchSchools } from './queries/search.ts'
export { staffOf } from './queries/staff-of.ts'
export { type Trust, trustOf, trustsHere } from './queries/trust.ts'
export type { Phase } from './tables.ts'
