import { academicYearStart } from '../../../kernel/academic-year.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { characteristicsOn, type DatedCharacteristic } from '../domain/characteristics.ts'
import { pupilsForMatching } from './pupils-for-matching.ts'

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

/** Everyone on roll at a school on the day, with what was true of them then: the population of a drop's measures. */
export async function pupilStates(
  viewer: Viewer,
  school: number,
  day: string,
  academicYear: number,
): Promise<PupilState[]> {
  if (!includesSchool(schoolsWhere(viewer, 'send results'), school)) return []
  const onRoll = await pupilsForMatching(viewer, [school], academicYear, day)
  const { facts, joined } = await read(viewer, async (db) => ({
    facts: await db
      .selectFrom('organisation.characteristic')
      .select(['pupil_id', 'kind', 'value', 'from_day', 'to_day'])
      .where('school_id', '=', school)
      .execute(),
    joined: await db
      .selectFrom('organisation.enrolment')
      .select(['pupil_id', 'from_day'])
      .where('school_id', '=', school)
      .where('from_day', '<=', day)
      .where((find) => find.or([find('to_day', 'is', null), find('to_day', '>=', day)]))
      .execute(),
  }))
  const rows = new Map<number, DatedCharacteristic[]>()
  for (const fact of facts) {
    const row = { kind: fact.kind, value: fact.value, from: fact.from_day, to: fact.to_day }
    const known = rows.get(fact.pupil_id)
    if (known) known.push(row)
    else rows.set(fact.pupil_id, [row])
  }
  const joinedOn = new Map(joined.map((row) => [row.pupil_id, row.from_day]))
  return onRoll.map((pupil) => {
    const is = characteristicsOn(rows.get(pupil.pupil) ?? [], day)
    return {
      pupil: pupil.pupil,
      school,
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
      joined_this_year: joinedThisYear(joinedOn.get(pupil.pupil) ?? day, academicYear),
    }
  })
}
