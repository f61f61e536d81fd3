import { academicYearStart } from '../../../kernel/academic-year.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import { keptUntilWritten, ofPeople } from '../../../platform/database/kept.ts'
import { manyRows } from '../../../platform/database/many-rows.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { characteristicsOn, type DatedCharacteristic } from '../domain/characteristics.ts'
import { countElsewhere } from './counts-elsewhere.ts'
import { type PupilForMatching, pupilsForMatching } from './pupils-for-matching.ts'

/** One row of the lake's `pupil_state`, without the drop: what was true of a pupil on roll on the day. */
export interface PupilState {
  readonly pupil: number
  readonly school: number
  readonly academic_year: number
  readonly year_group: string | null
  readonly class_id: number | null
  readonly form: string | null
  readonly sex: string | null
  readonly ethnicity: string | null
  readonly ethnic_group: string
  readonly first_language: 'english' | 'eal' | 'unclassified'
  readonly sen: 'N' | 'K' | 'E'
  readonly fsm: boolean
  readonly fsm6: boolean
  readonly pupil_premium: boolean
  readonly looked_after: boolean
  readonly disadvantaged: boolean
  readonly prior_reading: number | null
  readonly prior_mathematics: number | null
  readonly prior: number | null
  readonly prior_band: 'low' | 'middle' | 'high' | null
  readonly joined_this_year: boolean
}

/** Who joined after the first month of the year: those who came for its start have not "joined this year". */
export const joinedThisYear = (enrolledFrom: string, academicYear: number): boolean =>
  enrolledFrom > `${academicYearStart(academicYear).slice(0, 4)}-09-30`

/** What the lake keeps of one pupil on roll: from who they are, what was recorded of them, and when they came. */
export function pupilState(
  pupil: PupilForMatching,
  facts: readonly DatedCharacteristic[],
  enrolledFrom: string,
  day: string,
  academicYear: number,
): PupilState {
  const is = characteristicsOn(facts, day)
  return {
    pupil: pupil.pupil,
    school: pupil.school,
    academic_year: academicYear,
    year_group: pupil.yearGroup,
    class_id: pupil.classId,
    form: pupil.form,
    sex: is.sex ?? null,
    ethnicity: is.ethnicity ?? null,
    ethnic_group: is.ethnicGroup,
    first_language: is.firstLanguage,
    sen: is.sen,
    fsm: is.fsm,
    fsm6: is.fsm6,
    pupil_premium: is.pupilPremium,
    looked_after: is.lookedAfter,
    disadvantaged: is.disadvantaged,
    prior_reading: is.priorReading ?? null,
    prior_mathematics: is.priorMathematics ?? null,
    prior: is.prior ?? null,
    prior_band: is.priorBand ?? null,
    joined_this_year: joinedThisYear(enrolledFrom, academicYear),
  }
}

/**
 * Everyone on roll at a school on the day, with what was true of them then: the population of a drop's measures. Who is on two
 * rolls is counted once, at their main school.
 */
export const pupilStates = (
  viewer: Viewer,
  school: number,
  day: string,
  academicYear: number,
): Promise<readonly PupilState[]> => pupilStatesOf(viewer, [school], day, academicYear)

/** A school and a pupil as one number: ids are smaller than this. */
const schoolsApart = 2 ** 32

/** The same for several schools at once. Schools for which the viewer may not send results are passed over. */
export async function pupilStatesOf(
  viewer: Viewer,
  schools: readonly number[],
  day: string,
  academicYear: number,
): Promise<readonly PupilState[]> {
  const reach = schoolsWhere(viewer, 'send results')
  const asked = schools.filter((school) => includesSchool(reach, school))
  if (asked.length === 0) return []
  return keptUntilWritten(
    viewer,
    `pupil states ${academicYear} ${day} ${asked.join(',')}`,
    () => statesOf(viewer, asked, day, academicYear),
    ofPeople,
  )
}

async function statesOf(
  viewer: Viewer,
  asked: readonly number[],
  day: string,
  academicYear: number,
): Promise<PupilState[]> {
  const onRoll = await pupilsForMatching(viewer, asked, academicYear, day)
  const { elsewhere, facts, joined } = await read(viewer, async (db) => ({
    elsewhere: await countElsewhere(db, viewer.trust, asked, day),
    facts: await manyRows(
      db,
      db
        .selectFrom('organisation.characteristic')
        .select(['school_id', 'pupil_id', 'kind', 'value', 'from_day', 'to_day'])
        .where('school_id', 'in', asked),
      {
        school_id: 'number',
        pupil_id: 'number',
        kind: 'code',
        value: 'text',
        from_day: 'code',
        to_day: 'code',
      },
    ),
    joined: await manyRows(
      db,
      db
        .selectFrom('organisation.enrolment')
        .select(['school_id', 'pupil_id', 'from_day'])
        .where('school_id', 'in', asked)
        .where('from_day', '<=', day)
        .where((find) => find.or([find('to_day', 'is', null), find('to_day', '>=', day)])),
      { school_id: 'number', pupil_id: 'number', from_day: 'code' },
    ),
  }))
  const rows = new Map<number, DatedCharacteristic[]>()
  for (const fact of facts) {
    const row = { kind: fact.kind, value: fact.value, from: fact.from_day, to: fact.to_day }
    const key = fact.school_id * schoolsApart + fact.pupil_id
    const known = rows.get(key)
    if (known) known.push(row)
    else rows.set(key, [row])
  }
  const joinedOn = new Map(joined.map((row) => [row.school_id * schoolsApart + row.pupil_id, row.from_day]))
  const counted = onRoll.filter(({ school, pupil }) => !elsewhere.has(`${school} ${pupil}`))
  return counted.map((pupil) => {
    const key = pupil.school * schoolsApart + pupil.pupil
    return pupilState(pupil, rows.get(key) ?? [], joinedOn.get(key) ?? day, day, academicYear)
  })
}
