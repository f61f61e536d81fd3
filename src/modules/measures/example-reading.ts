import { normalDice } from './domain/scan/made-up.ts'
import type { FactRows } from './example.ts'

export interface MadeUpYear {
  readonly many?: number
  readonly year?: string
  /** How far disadvantaged pupils, every third, are set back; and by how much everyone stands above the other schools. */
  readonly behind?: number
  readonly ahead?: number
  /** With prior attainment, of which a point is worth half a point of the score. */
  readonly prior?: boolean
  /** The first so many were away. */
  readonly away?: number
  /** Classes of the school, in turn. */
  readonly classes?: readonly number[]
}

/** Made-up pupils of one year group with a reading score each, the same every time: for tests of what is made of them. */
export function readingYear(
  school: number,
  { many = 60, year = '4', behind = 0, ahead = 0, prior = false, away = 0, classes }: MadeUpYear = {},
): FactRows {
  const normal = normalDice(school)
  const classOf = (at: number) => classes?.[at % classes.length] ?? null
  const pupils = Array.from({ length: many }, (_, at) => ({
    pupil: 100_000 * school + at,
    year_group: year,
    class_id: classOf(at),
    form: null,
    sex: 'F',
    ethnicity: 'WBRI',
    ethnic_group: 'white',
    first_language: 'english',
    sen: 'N',
    fsm: false,
    fsm6: false,
    pupil_premium: false,
    looked_after: false,
    disadvantaged: at % 3 === 0,
    prior_reading: null,
    prior_mathematics: null,
    prior: prior ? 100 + Math.round(6 * normal()) : null,
    prior_band: null,
    joined_this_year: false,
  }))
  return {
    pupil_state: pupils,
    result: pupils.map(({ pupil, year_group, disadvantaged, prior: before, class_id }, at) => {
      const score = Math.round(
        103 +
          8 * normal() +
          ahead -
          (disadvantaged ? behind : 0) +
          (before === null ? 0 : (before - 100) / 2),
      )
      const there = at >= away
      return {
        pupil,
        year_group,
        assessment: 'reading-scaled',
        subject: 'reading',
        class_id,
        raw: there ? String(score) : 'A',
        value: there ? score : null,
        status: there ? 'result' : 'absent',
        expected: there ? score >= 100 : null,
        higher: there ? score >= 110 : null,
      }
    }),
  }
}
