import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkFile } from '../src/modules/evidence/imports/check/check-file.ts'
import type { Setting } from '../src/modules/evidence/imports/check/setting.ts'
import type { Mapping } from '../src/modules/evidence/imports/domain/words.ts'
import { readFile } from '../src/modules/evidence/imports/reading/read-file.ts'
import { openDuck } from '../src/platform/lake/duck.ts'
import { largePupils } from './write-large.ts'

const [path, memory] = process.argv.slice(2) as [string, string]

const setting: Setting = {
  drop: {
    id: 1,
    code: '2026-spring',
    name: 'Spring',
    academicYear: 2025,
    term: 2,
    kind: 'termly',
    purpose: '',
    decides: '',
    minutes: 0,
    opens: '2026-03-09',
    due: '2026-03-27',
    asAt: '2026-03-13',
    openedAt: new Date(0),
    openedBy: null,
  },
  school: 1,
  asked: Array.from({ length: 100 }, (_, at) => ({
    code: `test-${at}`,
    name: `Test ${at}`,
    subject: 'Reading',
    subjectCode: 'reading',
    scale: { kind: 'number', low: 0, high: 100, step: 1, expected: null, higher: null, grades: [] },
    years: ['7'],
  })),
  schools: [],
  mayAddSchools: false,
  rewritings: 0,
  readings: new Map(),
  roll: async () =>
    largePupils().map((upn, at) => ({
      pupil: at + 1,
      school: 1,
      upn,
      localId: null,
      surname: 'Price',
      forename: 'Sam',
      born: null,
      yearGroup: '7',
      classId: null,
      form: null,
    })),
  live: async () => ({ files: [], snapshot: 0 }),
}
const mapping: Mapping = { columns: { 0: 'upn', 1: 'assessment', 2: 'result' } }

/** Reads and checks one large file as an import does, in this process; prints its counts and this process’s peak of memory. */
const spill = mkdtempSync(join(tmpdir(), 'throughline-large-'))
const duck = await openDuck({ spill, memory })
try {
  const bench = await duck.workbench()
  const reading = await readFile(bench, path, { scratch: spill })
  const outcome = await checkFile(bench, { path: (one) => one }, reading, mapping, {}, setting)
  bench.close()
  const { rows, added } = outcome.checked.counts
  const problems = outcome.checked.groups.length
  process.stdout.write(
    `${JSON.stringify({ rows, added, problems, peak: process.resourceUsage().maxRSS * 1024 })}\n`,
  )
} finally {
  duck.close()
  rmSync(spill, { recursive: true, force: true })
}
