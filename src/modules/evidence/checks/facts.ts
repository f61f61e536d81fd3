import { identifier, literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Asked } from '../drops/queries/assessments.ts'
import type { LakeFile } from '../snapshots/index.ts'

const results = {
  pupil: 'BIGINT',
  school: 'INTEGER',
  year_group: 'VARCHAR',
  assessment: 'VARCHAR',
  class_id: 'INTEGER',
  value: 'DOUBLE',
  grade: 'VARCHAR',
  status: 'VARCHAR',
}

const states = {
  pupil: 'BIGINT',
  school: 'INTEGER',
  year_group: 'VARCHAR',
  class_id: 'INTEGER',
  form: 'VARCHAR',
  sex: 'VARCHAR',
  ethnic_group: 'VARCHAR',
  first_language: 'VARCHAR',
  sen: 'VARCHAR',
  fsm: 'BOOLEAN',
  pupil_premium: 'BOOLEAN',
  looked_after: 'BOOLEAN',
  disadvantaged: 'BOOLEAN',
  prior_band: 'VARCHAR',
  joined_this_year: 'BOOLEAN',
}

const attendances = {
  pupil: 'BIGINT',
  school: 'INTEGER',
  year_group: 'VARCHAR',
  possible: 'INTEGER',
  authorised: 'INTEGER',
  unauthorised: 'INTEGER',
}

export interface Facts {
  readonly now: readonly LakeFile[]
  /** Files of the drop that this one is compared with. */
  readonly before: readonly LakeFile[]
  readonly asked: readonly Asked[]
  readonly schools: readonly { readonly id: number; readonly phase: string; readonly admits: string }[]
}

/**
 * Lays the facts of a drop on a workbench as tables of their own: `result`, `state`, `attendance`, `before_result`,
 * `before_state`, `asked (assessment, year_group, everyone)`, `scale` and `school`.
 */
export async function layOut(bench: Workbench, viewer: Viewer, facts: Facts): Promise<void> {
  const table = async (name: string, columns: Record<string, string>, files: readonly LakeFile[]) => {
    const list = Object.entries(columns)
    const paths = files.map((file) => literal(viewer.house.lake.path(file.path)))
    const source = paths.length
      ? `select ${list.map(([column]) => identifier(column)).join(', ')} from read_parquet([${paths.join(', ')}])`
      : `select ${list.map(([column, type]) => `null::${type} as ${identifier(column)}`).join(', ')} where false`
    await bench.run(`create temp table ${name} as ${source}`)
  }
  const of = (files: readonly LakeFile[], fact: string) => files.filter((file) => file.fact === fact)
  await table('result', results, of(facts.now, 'result'))
  await table('state', states, of(facts.now, 'pupil_state'))
  await table('attendance', attendances, of(facts.now, 'attendance'))
  await table('before_result', results, of(facts.before, 'result'))
  await table('before_state', states, of(facts.before, 'pupil_state'))
  await rows(
    bench,
    'asked (assessment VARCHAR, year_group VARCHAR, everyone BOOLEAN)',
    facts.asked,
    (one) => [literal(one.assessment.code), literal(one.yearGroup), String(ofEveryone(one))],
  )
  const byCode = new Map(facts.asked.map((one) => [one.assessment.code, one.assessment]))
  await rows(
    bench,
    'scale (assessment VARCHAR, kind VARCHAR, low DOUBLE, high DOUBLE, step DOUBLE, expected DOUBLE)',
    [...byCode.values()],
    ({ code, scale }) => [
      literal(code),
      literal(scale.kind),
      ...[scale.low, scale.high, scale.step, scale.expected].map((value) =>
        value === null ? 'null' : String(value),
      ),
    ],
  )
  await rows(bench, 'school (school INTEGER, phase VARCHAR, admits VARCHAR)', facts.schools, (school) => [
    String(school.id),
    literal(school.phase),
    literal(school.admits),
  ])
}

/** From Year 10 on pupils choose their subjects; only English and mathematics are for everyone. */
const ofEveryone = ({ assessment, yearGroup }: Asked): boolean =>
  !['10', '11', '12', '13', '14'].includes(yearGroup) || /^(english|math)/.test(assessment.subject.code)

async function rows<T>(
  bench: Workbench,
  table: string,
  list: readonly T[],
  row: (one: T) => string[],
): Promise<void> {
  await bench.run(`create temp table ${table}`)
  if (!list.length) return
  const name = table.split(' ')[0]
  await bench.run(`insert into ${name} values ${list.map((one) => `(${row(one).join(', ')})`).join(', ')}`)
}
