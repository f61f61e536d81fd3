import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Tell } from '../domain/tell.ts'
import { type Checked, type Mapping, plainTargets, type Reading, type Target } from '../domain/words.ts'
import type { ImportRow } from '../queries/import-row.ts'
import { recheck } from './check-import.ts'

export interface ColumnsChosen {
  /** What each column is, by its index; columns that are not named are left out. */
  readonly columns: Readonly<Record<number, string>>
  /** The file is the whole truth: results of its assessments that it lacks are taken out. */
  readonly replace?: boolean
}

/** Says what the columns are, and checks the rows with that. Answers given for other columns are forgotten. @throws Refusal */
export const matchColumns = (
  viewer: Viewer,
  id: number,
  chosen: ColumnsChosen,
  tell?: Tell,
): Promise<Checked> => {
  const agree = (row: ImportRow) => {
    const mapping = mappingOf(chosen, row.stored.reading, row.mapping)
    const same = isDeepStrictEqual(mapping, row.mapping)
    return { mapping, answers: same ? row.answers : {} }
  }
  return recheck(viewer, id, agree, tell)
}

function mappingOf(
  { columns, replace }: ColumnsChosen,
  reading: Reading,
  before: Mapping | undefined,
): Mapping {
  const kept: Record<number, Target> = {}
  for (const { index, heading } of reading.columns) {
    const target = columns[index]
    if (target === undefined || target === 'leave out') continue
    if (!isTarget(target))
      throw new Refusal(`The column ${heading} can’t be “${target}”: choose one of those offered.`)
    kept[index] = target
  }
  return {
    columns: kept,
    ...(replace ? { replace } : {}),
    ...(before?.assessments ? { assessments: before.assessments } : {}),
  }
}

export const isTarget = (text: string): text is Target =>
  (plainTargets as readonly string[]).includes(text) || /^result:.+/.test(text)
