import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { addSubjects, addTrust, founderOf, schools } from '../../organisation/index.ts'
import { addAssessment, addScale, dropByCode, openDrop, runImport, snapshotFiles } from '../index.ts'

const file = join(import.meta.dirname, '../../../../../shared/data/exam-london/exam.csv')

describe.skipIf(!existsSync(file))('the 4,059 London pupils of 65 schools, in one file', () => {
  let house: Awaited<ReturnType<typeof openTestHouse>>
  let lead: Viewer

  beforeAll(async () => {
    house = await openTestHouse()
    lead = founderOf(house, await addTrust(house, { slug: 'london', name: 'London Schools' }))
    await addSubjects(lead, [{ code: 'examination', name: 'Examination' }])
    await addScale(lead, {
      code: 'z',
      name: 'Standardised score',
      kind: 'number',
      low: -5,
      high: 5,
      unit: 'standard deviations',
      from: '1980-09-01',
    } as never)
    for (const code of ['standLRT', 'normexam'])
      await addAssessment(lead, { code, name: code, subject: 'examination', scale: 'z', kind: 'statutory' })
    await openDrop(
      lead,
      {
        code: 'exam',
        name: 'Examination',
        term: 4,
        purpose: 'See how the schools differ.',
        decides: 'Where to look first.',
        minutes: 0,
        opens: '2026-03-01',
        due: '2026-06-30',
        asAt: '2026-03-13',
        asked: ['standLRT', 'normexam'].map((assessment) => ({ assessment, yearGroups: ['11'] })),
        schools: [],
      },
      { tell: false },
    )
  })
  afterAll(() => house?.close())

  test('a dry run counts every pupil and changes nothing', async () => {
    const run = await runImport(lead, { file, school: null, drop: 'exam', dryRun: true })
    expect(run).toMatchObject({
      rows: 4059,
      accepted: 4059,
      rejected: [],
      pupils: { matched: 0, new: 4059, missing: 0 },
      snapshot: null,
    })
    expect(run.results).toMatchObject({ added: 8118 })
    expect(run.notes.find((note) => note.includes('Number 86 of school 43'))).toMatch(
      /^Number 86 of school 43 stands in rows \d+ and \d+, and they say different things. They are kept as different pupils.$/,
    )
    expect(await schools(lead)).toHaveLength(0)
  })

  test('published, each school has its own files and all its pupils', async () => {
    const run = await runImport(lead, { file, school: null, drop: 'exam' })
    expect(run).toMatchObject({ accepted: 4059, pupils: { new: 4059 }, snapshot: 1 })
    const drop = await dropByCode(lead, 'exam')
    const files = await snapshotFiles(lead, 1, { drops: [drop.id] })
    expect(files.filter(({ fact }) => fact === 'result')).toHaveLength(65)
    expect(files.filter(({ fact }) => fact === 'pupil_state').reduce((sum, one) => sum + one.rows, 0)).toBe(
      4059,
    )
    const bench = await house.lake.duck.workbench()
    const paths = files.filter(({ fact }) => fact === 'result').map((one) => `'${house.lake.path(one.path)}'`)
    const [mean] = await bench.rows<{ mean: number; pupils: number }>(
      `select avg(value) as mean, count(distinct pupil) as pupils from read_parquet([${paths}]) where assessment = 'normexam'`,
    )
    bench.close()
    expect(mean!.mean).toBeCloseTo(-0.000114, 5)
    expect(mean!.pupils).toBe(4059)
  })

  test('the same file once more changes nothing: every pupil is known', async () => {
    const run = await runImport(lead, { file, school: null, drop: 'exam', dryRun: true })
    expect(run).toMatchObject({ accepted: 4059, rejected: [], pupils: { matched: 4059, new: 0, missing: 0 } })
    expect(run.results).toMatchObject({ added: 0, changed: 0, unchanged: 8118 })
    await expect(runImport(lead, { file, school: null, drop: 'exam' })).rejects.toThrow(
      'sent the very same file',
    )
    await expect(runImport(lead, { file, school: null, drop: 'exam', again: true })).rejects.toThrow(
      'Nothing would change: all 8118 results',
    )
  })
})
