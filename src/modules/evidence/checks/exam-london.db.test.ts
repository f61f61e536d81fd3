import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { addSubjects, addTrust, founderOf } from '../../organisation/index.ts'
import { addAssessment, addScale } from '../drops/commands/add-assessment.ts'
import { lockDrop } from '../drops/commands/lock-drop.ts'
import { openDrop } from '../drops/commands/open-drop.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { readiness } from '../drops/queries/readiness.ts'
import { runImport } from '../imports/index.ts'
import { visiting } from '../test/visit.ts'
import { checkFindings, type NamedFinding } from './check-findings.ts'

const file = join(import.meta.dirname, '../../../../../shared/data/exam-london/exam.csv')

describe.skipIf(!existsSync(file))('in the file of 4,059 London pupils the checks find', () => {
  let house: Awaited<ReturnType<typeof openTestHouse>>
  let lead: Viewer
  let found: NamedFinding[]
  const asked = (check: string) =>
    found
      .filter((one) => one.check === check)
      .map((one) => one.question)
      .sort()

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
      from: '1980-09-01',
    })
    for (const code of ['standLRT', 'normexam'])
      await addAssessment(lead, { code, name: code, subject: 'examination', scale: 'z', kind: 'statutory' })
    await openDrop(
      lead,
      {
        name: 'Examination',
        code: 'exam',
        term: 4,
        purpose: 'See how the schools differ.',
        decides: 'Where to look first.',
        minutes: 0,
        opens: '2026-03-01',
        due: '2026-06-30',
        asAt: '2026-03-13',
        asked: ['standLRT', 'normexam'].map((assessment) => ({ assessment, yearGroups: ['11' as const] })),
        schools: [],
      },
      { tell: false },
    )
    await runImport(lead, { file, school: null, drop: 'exam' })
    found = await checkFindings(lead, 'exam')
  })
  afterAll(() => house?.close())

  it('four numbers that two pupils share', () => {
    expect(asked('same number twice').map((one) => one.split('.')[0])).toEqual([
      'The school’s number 2 stands for 2 pupils',
      'The school’s number 21 stands for 2 pupils',
      'The school’s number 39 stands for 2 pupils',
      'The school’s number 86 stands for 2 pupils',
    ])
  })

  it('two schools with hardly a pupil', () => {
    expect(
      found
        .filter((one) => one.check === 'very few pupils')
        .map((one) => one.n)
        .sort(),
    ).toEqual([2, 8])
    expect(asked('very few pupils')[0]).toMatch(
      /^Only 2 pupils of .*48 have results; 60 is usual for schools of its kind\./,
    )
  })

  it('one boy among 61 and one girl among 82, in schools that say they are mixed', () => {
    expect(asked('nearly single sex')).toEqual([
      expect.stringMatching(/^Only 1 boy among the 61 pupils of .*43, which admits girls and boys\./),
      expect.stringMatching(/^Only 1 girl among the 82 pupils of .*47, which admits girls and boys\./),
    ])
  })

  it('schools for girls and for boys, asked about once each and not 30 times', () => {
    expect(asked('wholly single sex')).toEqual([
      '10 schools have boys only, and are recorded as mixed. Are they schools for boys?',
      expect.stringMatching(
        /^\d+ schools have girls only, and are recorded as mixed\. Are they schools for girls\?$/,
      ),
    ])
  })

  it('a floor of the reading test, which the examination does not have', () => {
    expect(asked('floor or ceiling')).toEqual([
      '11 pupils across the trust have exactly −2.935 in standLRT, its lowest score; the three scores next to it have 4 each on average. Could the test not reach lower?',
    ])
  })

  it('and little else, so that what is odd is seen', () => {
    expect(found.length).toBeLessThan(14)
  })

  it('the board shows all 65 schools, though none was asked, and locks with a reason', async () => {
    const ready = await readiness(lead, await dropByCode(lead, 'exam'))
    expect(ready).toHaveLength(65)
    expect(ready.reduce((sum, one) => sum + one.results, 0)).toBe(8118)
    const page = await visiting(house, lead).get('/drops/exam')
    expect([page.status, page.text.includes('65 schools have not signed off')]).toEqual([200, true])
    expect(
      await lockDrop(lead, 'exam', { without: 'These are results of 1988; nobody is left to sign.' }),
    ).toBe(2)
  })
})
