import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Duck, literal, openDuck } from '../../../platform/lake/duck.ts'
import { catalogue } from '../catalogue/catalogue.ts'
import { measuresOfAssessments } from '../catalogue/of-assessments.ts'
import { type Cell, lessCell, sumCells } from '../domain/cell.ts'
import { figureOf, gapOf } from '../domain/figure-of.ts'
import { cellsSql } from './cells-sql.ts'
import { createTable, factNames } from './lake-tables.ts'
import { asTable, valueSteps } from './values-sql.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const file = join(import.meta.dirname, '../../../../../shared/data/exam-london/exam.csv')

// The numbers are R 4.2.2's: d <- read.csv("exam.csv"); x <- d$normexam[d$school == k]; mean(x); t.test(x)$conf.int
describe.skipIf(!existsSync(file))(
  '4,059 pupils of 65 London schools (skipped where the file is not beside the repository)',
  () => {
    let folder: string
    let duck: Duck
    let cells: (Cell & { school: number; measure: string; pupil_group: string })[]

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'throughline-london-'))
      duck = await openDuck({ spill: folder })
      const bench = await duck.workbench()
      for (const fact of factNames) await bench.run(createTable(fact))
      await bench.run(
        `create temporary table exam as select row_number() over () as pupil, * from read_csv(${literal(file)})`,
      )
      await bench.run(`insert into pupil_state (pupil, school, drop_id, academic_year, year_group, sex)
      select pupil, school, 1, 2025, '11', sex from exam`)
      for (const test of ['standLRT', 'normexam'])
        await bench.run(`insert into result (pupil, school, drop_id, academic_year, year_group, assessment, subject, raw, value, status)
        select pupil, school, 1, 2025, '11', '${test}', '${test}', ${test}::varchar, ${test}, 'result' from exam`)
      await bench.run(`create temporary table drop_kind as select 1 as drop_id, 'termly' as kind`)
      await bench.run(
        'create temporary table key_stage_4_value (drop_id integer, school integer, pupil bigint, measure varchar, v double)',
      )
      for (const step of valueSteps(catalogue)) await bench.run(asTable(step))
      cells = await bench.rows(`select * from (${cellsSql}) where class_id = -1`)
      bench.close()
    })
    afterAll(() => {
      duck.close()
      rmSync(folder, { recursive: true, force: true })
    })

    const scale = { kind: 'number', low: -4, high: 4, step: null, expected: null, grades: [] } as const
    const measures = measuresOfAssessments(
      ['standLRT', 'normexam'].map((code) => ({
        code,
        name: code,
        kind: 'termly',
        subject: { code, name: code },
        scale,
      })),
    )
    const measure = (id: string) => measures.find((one) => one.id === id)!
    const sum = (id: string, group: string, school?: number) =>
      sumCells(
        cells.filter(
          (cell) =>
            cell.measure === id &&
            cell.pupil_group === group &&
            (school === undefined || cell.school === school),
        ),
      )
    const figure = (id: string, school?: number) =>
      figureOf(
        measure(id),
        {
          measure: id,
          place: String(school ?? 'trust'),
          year: 'all',
          group: 'all',
          period: 'london',
          snapshot: 1,
        },
        '2000/01',
        sum(id, 'all', school),
        2025,
      )

    it.each([
      [1, 73, 0.501209572603, 0.240871514084, 0.761547631122],
      [28, 57, -0.872710308772, -1.03716700989, -0.708253607649],
      [48, 2, -0.414295, -4.0382316528, 3.2096416528],
      [54, 8, -0.63362885, -1.17893991182, -0.0883177881801],
      [65, 80, -0.3086871525, -0.507094850164, -0.110279454836],
    ])('school %i: the mean of %i pupils, with its interval', (school, n, mean, low, high) => {
      const found = figure('average-normexam', school)
      expect(found).toMatchObject({ kind: 'value', n, of: n, population: n })
      expect(found.value).toBeCloseTo(mean, 9)
      expect(found.low).toBeCloseTo(low, 8)
      expect(found.high).toBeCloseTo(high, 8)
    })

    it('all 65 together weigh every pupil the same', () => {
      expect(new Set(cells.map((cell) => cell.school)).size).toBe(65)
      const exam = figure('average-normexam')
      expect(exam.population).toBe(4059)
      expect(exam.value).toBeCloseTo(-0.000113805420054, 10)
      expect(exam.low).toBeCloseTo(-0.0308541873569, 8)
      expect(figure('average-standLRT').high).toBeCloseTo(0.0323747200268, 8)
    })

    it('girls are ahead of boys by 0.17 to 0.30', () => {
      // t.test(normexam ~ sex, data = d)$conf.int
      const girls = sum('average-normexam', 'girls')
      const others = lessCell(sum('average-normexam', 'all'), girls)
      const gap = gapOf(measure('average-normexam'), girls, others, 2025)
      expect(gap.low).toBeCloseTo(0.170614705254, 8)
      expect(gap.high).toBeCloseTo(0.296724952928, 8)
    })
  },
)
