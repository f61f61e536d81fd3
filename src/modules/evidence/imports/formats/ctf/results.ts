import { goodLevelOf } from '../../domain/good-level.ts'
import type { LeftOut, ResultsTable } from '../contract.ts'
import type { TransferPupil } from './pupils.ts'
import { goodLevel, stageAssessment, stageAssessments } from './stage-assessments.ts'

const headings = ['UPN', 'Surname', 'Forename', 'Date of birth', 'Assessment', 'Result']

/**
 * Stage results as a long table for a drop: those of the academic year of the file, or of the latest year it has any of.
 * Earlier ones are the pupil’s history. The early learning goals come together as the good level of development.
 */
export function resultsOf(
  pupils: readonly TransferPupil[],
  academicYear: number | undefined,
): { readonly table?: ResultsTable; readonly leftOut: readonly LeftOut[]; readonly earlier: number } {
  const years = new Set(pupils.flatMap(({ results }) => results.map(({ year }) => year)))
  const year =
    academicYear !== undefined && years.has(academicYear + 1) ? academicYear + 1 : Math.max(...years)
  const needed = stageAssessments.filter(
    (row) => row.goal === 'needed' && row.first <= year && (row.last ?? year) >= year,
  )
  const rows: string[][] = []
  const leftOut: LeftOut[] = []
  let earlier = 0
  for (const pupil of pupils) {
    const goals = new Map<string, string>()
    const add = (to: string, result: string) =>
      rows.push([pupil.upn ?? '', pupil.surname, pupil.forename, pupil.born ?? '', to, result])
    for (const one of pupil.results) {
      if (one.year !== year) {
        earlier++
        continue
      }
      const row = stageAssessment(one, one.year)
      if (!row)
        leftOut.push({
          part: 'StageAssessments',
          row: pupil.row,
          column: [one.stage, one.subject, one.method, one.component].join(' '),
          value: one.result,
          why: `The table of ${one.year} has no such assessment, so this result goes nowhere.`,
        })
      else if (row.goal) goals.set(row.component, one.result)
      else add(row.to, one.result)
    }
    if (goals.size === 0) continue
    const good = goodLevelOf(needed.map(({ component }) => goals.get(component)))
    if (good === undefined)
      leftOut.push({
        part: 'StageAssessments',
        row: pupil.row,
        column: 'EYF',
        value: [...goals.values()].join(' '),
        why: 'A goal that the good level of development needs has no result, so it can’t be said.',
      })
    else add(goodLevel, good ? 'Y' : 'N')
  }
  return { ...(rows.length ? { table: { headings, rows } } : {}), leftOut, earlier }
}
