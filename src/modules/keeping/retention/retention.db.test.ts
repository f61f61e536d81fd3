import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { asOwner } from '../../../platform/backup/record.ts'
import { clockOn } from '../../../platform/clock.ts'
import { read, write } from '../../../platform/database/door.ts'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit, auditTrail, verifyAudit } from '../../access/index.ts'
import { bringIn, importPage, lockDrop, putIn, runImport } from '../../evidence/index.ts'
import { figureAt } from '../../measures/index.ts'
import { people, pupilById, pupilNames } from '../../organisation/index.ts'
import { dueNow } from './due.ts'
import { countsSeen, letGo } from './let-go.ts'
import { letGoTonight } from './nightly.ts'
import { keepingRules, setNightly, setRule } from './rules.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let locked: number
const code = '2026-spring'
/** The data lead on another day: everything about her but the day is the same. */
const priyaOn = (day: string): Viewer => ({
  ...world.people.priya!(),
  today: day,
  house: { ...house, clock: clockOn(day) },
})

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  const file = join(house.config.data, 'outbox', 'marks.csv')
  mkdirSync(join(house.config.data, 'outbox'), { recursive: true })
  const rows = ['Ayesha Rahman', 'Callum Tierney', 'Ben Ashworth'].map(
    (name, at) => `${world.upns[name]},${name},4,${100 + at},380,20,5`,
  )
  writeFileSync(
    file,
    `UPN,Name,Year,Reading,Possible sessions,Authorised absence,Unauthorised absence\n${rows.join('\n')}\n`,
  )
  await runImport(world.founder, { file, school: world.schools.saltmarsh, drop: code })
  const marks = {
    name: 'Arithmetic.csv',
    ...(await house.files.keep(
      Buffer.from(
        `UPN,Name,Q1,Q2a [2],Q2b,Q3\nMax marks,,1,,1,3\nTopic,,Fractions,Fractions,Area,Area\n${world.upns['Callum Tierney']},Callum Tierney,0,2,1,3\n`,
      ),
    )),
  }
  const priya = world.people.priya!()
  await putIn(priya, await bringIn(priya, { upload: marks, wish: { school: null } }))
  locked = await lockDrop(priya, code, { without: 'A test of keeping, nobody signs.' })
  await audit(priya, { deed: 'saw pupil', subject: 'organisation.pupil', id: world.pupils['Ayesha Rahman']! })
})
afterAll(() => house?.close())

const dueOn = async (day: string) =>
  Object.fromEntries(
    (await dueNow(priyaOn(day))).classes.filter(({ many }) => many > 0).map((one) => [one.class, one.many]),
  )
const reading = async (place = 'saltmarsh') =>
  (
    await figureAt(world.people.priya!(), {
      measure: 'average-reading-scaled',
      place,
      year: '4',
      group: 'all',
      period: code,
      snapshot: locked,
    })
  ).figure
const rowsOf = async (fact: string) => {
  const files = await read(world.founder, (db) =>
    db
      .selectFrom('evidence.lake_file')
      .select('path')
      .where('fact', '=', fact as never)
      .distinct()
      .execute(),
  )
  const bench = await house.lake.duck.workbench()
  const rows = []
  for (const { path } of files)
    rows.push(
      ...(await bench.rows<Record<string, unknown>>(
        `select * from read_parquet(${literal(house.lake.path(path))})`,
      )),
    )
  bench.close()
  return rows
}
const reason = 'Decided by the trustees in March.'

describe('the rules', () => {
  it('start as the software proposes, with the source, and say so', async () => {
    const { rules, nightly } = await keepingRules(world.people.helen!())
    expect(nightly).toBe(false)
    expect(rules.find((one) => one.class === 'attendance')).toEqual({
      class: 'attendance',
      years: 6,
      words: '6 years after the end of the academic year',
    })
  })

  it('are decided by the data lead, with a reason, and nobody else', async () => {
    for (const viewer of [...['amara', 'ruth', 'dan', 'grace'].map((who) => world.people[who]!())])
      await expect(setRule(viewer, { class: 'marks', years: 2, reason })).rejects.toThrow(NotHere)
    await expect(setRule(world.people.priya!(), { class: 'shoes', years: 2, reason })).rejects.toThrow(
      /no such class/,
    )
    await setRule(world.people.priya!(), { class: 'marks', years: 2, reason })
    const { rules } = await keepingRules(world.people.priya!())
    expect(rules.find((one) => one.class === 'marks')).toMatchObject({
      years: 2,
      decided: { by: 'Priya Raman', reason },
    })
    expect((await keepingRules(world.stranger)).rules.every((one) => !one.decided)).toBe(true)
    const { lines } = await auditTrail(world.people.priya!(), { deed: 'set how long' })
    expect(lines[0]!.sentence).toBe(
      'Priya Raman decided how long is kept, Marks, question by question: 2 years after the end of the academic year: “Decided by the trustees in March.”',
    )
  })
})

describe('what is due', () => {
  it('is nothing today', async () => {
    expect(await dueOn('2026-03-20')).toEqual({})
    await expect(letGo(world.people.priya!())).rejects.toThrow(/Nothing has been kept long enough/)
  })

  it('comes class by class, as the years go by', async () => {
    expect(await dueOn('2028-08-31')).toMatchObject({ files: 2 })
    expect(Object.keys(await dueOn('2028-08-31'))).not.toContain('marks')
    expect(await dueOn('2028-09-01')).toMatchObject({ files: 2, marks: 4 })
    expect(await dueOn('2032-08-31')).not.toHaveProperty('results')
    expect(await dueOn('2032-09-01')).toMatchObject({ attendance: 3 })
    expect((await dueOn('2032-09-01')).trail).toBeGreaterThan(1)
    const { classes } = await dueNow(priyaOn('2032-09-01'))
    expect(classes.find((one) => one.class === 'results')!.byYear.map(({ year }) => year)).toEqual([2025])
  })

  it('is counted for the data lead only, and of the own trust', async () => {
    for (const who of ['amara', 'ruth', 'dan', 'grace', 'helen'])
      await expect(dueNow(world.people[who]!()), who).rejects.toThrow(NotHere)
    await expect(letGo(world.people.ruth!())).rejects.toThrow(NotHere)
    const stranger = { ...world.stranger, today: '2032-09-01' }
    expect((await dueNow(stranger)).classes.find((one) => one.class === 'results')!.many).toBe(0)
  })
})

describe('letting go', () => {
  it('does nothing when other counts are due than somebody looked at', async () => {
    const seen = countsSeen(await dueNow(priyaOn('2028-08-31')))
    await expect(letGo(priyaOn('2028-09-01'), { seen })).rejects.toThrow(/has changed since you looked/)
    expect((await rowsOf('result')).length).toBe(3)
  })

  it('takes files as sent off the disk, with what was asked about them; what was published stands', async () => {
    const before = await read(world.founder, (db) =>
      db.selectFrom('evidence.upload').select('sha256').execute(),
    )
    const seen = countsSeen(await dueNow(priyaOn('2028-08-31')))
    expect(await letGo(priyaOn('2028-08-31'), { seen })).toMatchObject({ files: 2 })
    for (const { sha256 } of before) expect(existsSync(house.files.path(sha256))).toBe(false)
    const page = await importPage(world.people.priya!(), 1)
    expect(JSON.stringify(page)).not.toMatch(/Rahman|Tierney|A9992/)
    expect((await reading()).value).toBeCloseTo(101, 10)
    expect(await dueOn('2028-08-31')).toEqual({})
  })

  it('results become nobody’s: the figure stays, the class figure and the pupil go', async () => {
    const before = await reading()
    await letGo(priyaOn('2032-09-01'))
    expect(await reading()).toEqual(before)
    const results = await rowsOf('result')
    expect(results).toHaveLength(3)
    expect(results.every((row) => Number(row.pupil) < 0 && row.class_id === null)).toBe(true)
    expect((await rowsOf('pupil_state')).every((row) => Number(row.pupil) < 0 && row.form === null)).toBe(
      true,
    )
    expect(await rowsOf('attendance')).toEqual([])
    expect((await pupilNames(world.people.priya!(), [world.pupils['Ayesha Rahman']!])).size).toBe(1)
    const marks = await read(world.founder, (db) =>
      db.selectFrom('evidence.question_mark').selectAll().execute(),
    )
    expect(marks).toEqual([])
    expect(await dueOn('2032-09-01')).toEqual({})
  })

  it('the chain of the trail holds without the words of old lines, and no further', async () => {
    expect(await verifyAudit(world.people.priya!())).toMatchObject({ ok: true })
    const { lines } = await auditTrail(world.people.priya!())
    expect(lines.map(({ deed }) => deed)).toEqual(['let records go', 'let records go'])
    await asOwner(house.database, (owner) =>
      sql`delete from access.audit where trust_id = ${world.trust} and seq = ${lines[0]!.seq}`.execute(owner),
    )
    expect(await verifyAudit(world.people.priya!())).toMatchObject({ ok: false })
  })

  it('a pupil who is 25 and on no roll goes whole; one on roll stays', async () => {
    const [gone, stays] = [world.pupils['Ayesha Rahman']!, world.pupils['Callum Tierney']!]
    await write(world.founder, (tx) =>
      sql`update organisation.enrolment set to_day = '2026-07-20' where pupil_id = ${gone}`.execute(tx),
    )
    await letGo(priyaOn('2043-03-01'))
    await expect(pupilById(world.people.priya!(), gone)).rejects.toThrow(NotHere)
    expect((await pupilById(world.people.priya!(), stays)).surname).toBe('Tierney')
  })

  it('staff who left lose name and address; what they did stays', async () => {
    await write(world.founder, (tx) =>
      sql`update organisation.person set left_on = '2026-07-20' where person_id = ${world.persons.dan}`.execute(
        tx,
      ),
    )
    await letGo(priyaOn('2044-03-01'))
    const names = (await people(world.people.priya!())).map(({ name }) => name)
    expect(names).not.toContain('Dan Fry')
    expect(JSON.stringify(await people(world.people.priya!()))).not.toMatch(/dan\.fry/)
  })
})

describe('at night', () => {
  it('nothing goes until the trust has decided so', async () => {
    const later = { ...house, clock: clockOn('2050-01-10') }
    await audit(priyaOn('2043-01-01'), { deed: 'saw pupil', subject: 'organisation.pupil', id: 1 })
    expect(await letGoTonight(later)).toBe(0)
    await expect(setNightly(world.people.priya!(), true, 'so')).rejects.toThrow(/Say in a sentence why/)
    await expect(setNightly(world.people.ruth!(), true, reason)).rejects.toThrow(NotHere)
    await expect(setNightly(world.people.priya!(), false, reason)).rejects.toThrow(/so already/)
    await setNightly(world.people.priya!(), true, reason)
    expect(await letGoTonight(later)).toBe(1)
    expect(await letGoTonight(later)).toBe(0)
  })
})
