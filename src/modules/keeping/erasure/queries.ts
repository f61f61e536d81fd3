import { count } from '../../../kernel/numbers.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Went } from '../tables.ts'

export interface ErasureMade {
  readonly id: number
  readonly at: Date
  readonly by: string
  readonly reason: string
  /** `12 results, 3 files, figures count without them` */
  readonly went: string
}

const names: Readonly<Record<string, string>> = {
  result: 'result',
  pupil_state: 'row of characteristics at a drop',
  attendance: 'row of attendance',
  session_code: 'row of session codes',
  behaviour: 'row of behaviour',
  exclusion: 'row of exclusions',
  questionMarks: 'question mark',
  files: 'file as sent',
  places: 'time on roll',
  years: 'year',
  classes: 'place in a class',
  characteristics: 'characteristic',
  formerUpns: 'former number',
}
const several: Readonly<Record<string, string>> = {
  pupil_state: 'rows of characteristics at drops',
  attendance: 'rows of attendance',
  session_code: 'rows of session codes',
  behaviour: 'rows of behaviour',
  exclusion: 'rows of exclusions',
  files: 'files as sent',
  places: 'times on roll',
  classes: 'places in classes',
}

export const wentWords = (went: Went): string =>
  Object.entries(went)
    .filter(([, many]) => many > 0)
    .map(([what, many]) => count(many, names[what] ?? what, several[what]))
    .join(', ') || 'nothing'

/** What was erased, latest first. @throws NotHere for who may not let records go. */
export async function erasures(viewer: Viewer): Promise<ErasureMade[]> {
  if (!may(viewer, 'let go')) throw new NotHere()
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('keeping.erasure as e')
      .leftJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'e.trust_id').onRef('p.person_id', '=', 'e.person_id'),
      )
      .select(['e.erasure_id as id', 'e.at', 'p.name', 'e.reason', 'e.went', 'e.figures', 'e.again'])
      .where('e.trust_id', '=', viewer.trust)
      .orderBy('e.erasure_id', 'desc')
      .execute(),
  )
  return rows.map(({ name, went, figures, again, ...row }) => ({
    ...row,
    by: name ?? (again ? 'The system' : 'The machine’s operator'),
    went: `${wentWords(went)}${figures === 'nameless row' ? '; rows of locked drops stay as nobody’s' : ''}`,
  }))
}
