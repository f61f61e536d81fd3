import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { asOwner } from '../../../platform/backup/record.ts'
import { write } from '../../../platform/database/door.ts'
import { literal } from '../../../platform/lake/duck.ts'
import { audit, auditTrail, verifyAudit } from '../../access/index.ts'
import {
  bringIn,
  correctResult,
  everyFile,
  lockDrop,
  putIn,
  runImport,
  snapshots,
} from '../../evidence/index.ts'
import { correctIdentity, figureAt } from '../../measures/index.ts'
import { pupilById, pupilIdByUpn, searchPupils } from '../../organisation/index.ts'
import { erasePupil } from './erase-pupil.ts'
import { readErased } from './erasure-list.ts'
import { finishLettingGo } from './finish.ts'
import { previewErasure } from './preview.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let ayesha: number
let upn: string
let locked: number
const code = '2026-spring'
const now = {
  reason: 'Recorded by mistake: the child never came to the school.',
  figures: 'without them' as const,
}

const send = async (name: string, text: string) => {
  const file = join(house.config.data, 'outbox', name)
  mkdirSync(join(house.config.data, 'outbox'), { recursive: true })
  writeFileSync(file, text)
  return runImport(world.founder, { file, school: world.schools.saltmarsh, drop: code, again: true })
}

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  ayesha = world.pupils['Ayesha Rahman']!
  upn = world.upns['Ayesha Rahman']!
  const row = (name: string, score: string) =>
    `${world.upns[name]},${name.split(' ').reverse().join(',')},4,${score}`
  for (const scores of [
    ['101', '97', '111'],
    ['104', '97', '111'],
  ])
    await send(
      `marks-${scores[0]}.csv`,
      `UPN,Surname,Forename,Year,Reading\n${['Ayesha Rahman', 'Callum Tierney', 'Ben Ashworth'].map((name, at) => row(name, scores[at]!)).join('\n')}\n`,
    )
  const marks = {
    name: 'Arithmetic.csv',
    ...(await house.files.keep(
      Buffer.from(
        `UPN,Name,Q1,Q2a [2],Q2b,Q3\nMax marks,,1,,1,3\nTopic,,Fractions,Fractions,Area,Area\n${upn},Ayesha Rahman,1,2,0,3\n${world.upns['Callum Tierney']},Callum Tierney,0,2,1,9\n`,
      ),
    )),
  }
  await putIn(
    world.people.priya!(),
    await bringIn(world.people.priya!(), { upload: marks, wish: { school: null } }),
  )
  await write(world.founder, (tx) =>
    tx
      .insertInto('evidence.check_answer')
      .values({
        trust_id: world.trust,
        drop_id: 1,
        school_id: world.schools.saltmarsh,
        finding: 'a test',
        answer: 'Rahman, Ayesha was away for the test.',
        person_id: world.persons.dan!,
      })
      .execute(),
  )
  locked = await lockDrop(world.people.priya!(), code, { without: 'A test of erasure, nobody signs.' })
  await correctResult(world.people.priya!(), {
    drop: code,
    upn: world.upns['Callum Tierney']!,
    assessment: 'reading-scaled',
    result: '100',
    why: 'Marked with the paper of Ayesha Rahman by mistake.',
  })
  await audit(world.people.priya!(), {
    deed: 'searched pupils',
    subject: 'organisation.pupil',
    id: 'search',
    detail: { words: 'rahm', found: [ayesha] },
  })
  await audit(world.people.grace!(), {
    deed: 'saw pupil',
    subject: 'organisation.pupil',
    id: ayesha,
    school: world.schools.saltmarsh,
  })
})
afterAll(() => house?.close())

const everyFileOf = () =>
  readdirSync(house.config.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/outbox|record|pg_/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
const wholeRecord = () =>
  asOwner(house.database, async (owner) => {
    const { rows } = await sql<{
      name: string
    }>`select format('%I.%I', n.nspname, c.relname) as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in
      ('organisation', 'access', 'evidence', 'measures', 'platform', 'keeping', 'pgboss')`.execute(owner)
    const found: string[] = []
    for (const { name } of rows) {
      const text = await sql<{ t: string }>`select x::text as t from ${sql.raw(name)} x`.execute(owner)
      found.push(...text.rows.map(({ t }) => `${name}: ${t}`))
    }
    return found
  })
const naming = async () =>
  (await wholeRecord()).filter((line) => /Ayesha|Rahman|rahm/i.test(line) || line.includes(upn))
const pupilsInLake = async () => {
  const bench = await house.lake.duck.workbench()
  const found = new Set<number>()
  for (const path of everyFileOf().filter((one) => /\/(result|pupil_state|attendance)\//.test(one)))
    for (const { pupil } of await bench.rows<{ pupil: number }>(
      `select distinct pupil from read_parquet(${literal(path)})`,
    ))
      found.add(pupil)
  bench.close()
  return found
}
const reading = async (snapshot: number) => {
  const found = await figureAt(world.people.priya!(), {
    measure: 'average-reading-scaled',
    place: 'saltmarsh',
    year: '4',
    group: 'all',
    period: code,
    snapshot,
  })
  return found.figure
}

describe('before one pupil’s record is erased', () => {
  it('each class of record says how much of it there is, and what becomes of it', async () => {
    const { standing, toType, lockedRows } = await previewErasure(world.people.priya!(), ayesha)
    expect(toType).toBe('Ayesha Rahman')
    const of = (what: RegExp) => standing.find((one) => what.test(one.what))
    expect(of(/^Results/)).toMatchObject({
      many: 3,
      words: '3 rows in 3 sealed files of 1 drop',
      fate: 'goes',
    })
    expect(of(/^Files as schools/)).toMatchObject({ words: '3 rows in 3 files', fate: 'is cleaned' })
    expect(of(/question by question/)).toMatchObject({ many: 4 })
    expect(of(/Notes and reasons/)!.many).toBeGreaterThanOrEqual(2)
    expect(of(/audit trail/)).toMatchObject({ fate: 'is cleaned' })
    expect(lockedRows).toBeGreaterThan(3)
  })

  it.each([
    ['without a reason', { reason: 'mistake' }, /Say in a sentence why/],
    [
      'with the name in the reason',
      { reason: 'Ayesha Rahman never came.' },
      /Leave the pupil’s name and number out/,
    ],
    ['with another name typed', { typed: 'Callum Tierney' }, /Type the pupil’s whole name, Ayesha Rahman/],
    ['with nothing typed', { typed: '' }, /Type the pupil’s whole name/],
  ])('is refused %s, and nothing changes', async (_, change, sentence) => {
    const before = await wholeRecord()
    await expect(
      erasePupil(world.people.priya!(), { pupil: ayesha, ...now, typed: 'Ayesha Rahman', ...change }),
    ).rejects.toThrow(sentence)
    expect((await wholeRecord()).length).toBe(before.length)
  })

  it('is for the trust’s data lead: nobody else, and no stranger, learns that there is such a pupil', async () => {
    const asked = { pupil: ayesha, ...now, typed: 'Ayesha Rahman' }
    for (const viewer of [
      ...['amara', 'ruth', 'dan', 'grace', 'helen'].map((who) => world.people[who]!()),
      world.stranger,
    ]) {
      await expect(previewErasure(viewer, ayesha)).rejects.toThrow(NotHere)
      await expect(erasePupil(viewer, asked)).rejects.toThrow(NotHere)
    }
    await expect(previewErasure(world.people.priya!(), 999_999)).rejects.toThrow(NotHere)
    expect((await pupilById(world.people.priya!(), ayesha)).surname).toBe('Rahman')
  })
})

describe('when it is erased', () => {
  let cited: number
  beforeAll(async () => {
    cited = (await reading(locked)).n ?? 0
    await erasePupil(world.people.priya!(), { pupil: ayesha, ...now, typed: 'ayesha  rahman' })
  })

  it('no table says the name or number, and nobody finds the pupil', async () => {
    expect(await naming()).toEqual([])
    expect(await pupilIdByUpn(world.people.priya!(), upn)).toBeUndefined()
    expect(await searchPupils(world.people.priya!(), 'Rahman')).toEqual([])
    await expect(pupilById(world.people.priya!(), ayesha)).rejects.toThrow(NotHere)
  })

  it('no table holds a row of the pupil but those that say who looked and what was erased', async () => {
    // A table that is new and knows pupils must be thought of: let it go with the pupil, or say here why it stays.
    const stays = ['access.audit_pupil', 'keeping.erasure', 'keeping.joined']
    const tables = await asOwner(house.database, async (owner) => {
      const { rows } = await sql<{
        name: string
      }>`select format('%I.%I', n.nspname, c.relname) as name from pg_attribute a
        join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and a.attname = 'pupil_id' and not a.attisdropped order by 1`.execute(owner)
      const holding: string[] = []
      for (const { name } of rows) {
        const { rows: found } =
          await sql`select 1 from ${sql.raw(name)} where pupil_id = ${ayesha} limit 1`.execute(owner)
        if (found.length > 0 && !stays.includes(name)) holding.push(name)
      }
      const unchained = await sql<{
        name: string
      }>`select format('%I.%I', n.nspname, c.relname) as name from pg_attribute a
        join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and a.attname = 'pupil_id' and not a.attisdropped and not exists (select from pg_constraint k
          where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'organisation.pupil'::regclass)
          and c.oid <> 'organisation.pupil'::regclass order by 1`.execute(owner)
      return { holding, unchained: unchained.rows.map(({ name }) => name) }
    })
    expect(tables.holding).toEqual([])
    expect(tables.unchained).toEqual(stays)
  })

  it('no sealed file holds a row, and the old bytes are off the disk', async () => {
    const pupils = await pupilsInLake()
    expect(pupils.has(world.pupils['Callum Tierney']!)).toBe(true)
    expect(pupils.has(ayesha)).toBe(false)
    const listed = await everyFile(world.founder, [world.schools.saltmarsh])
    for (const { path } of listed) expect(readFileSync(house.lake.path(path)).length).toBeGreaterThan(0)
  })

  it('no file as it was sent names them, and the others’ rows are there', () => {
    const texts = everyFileOf().map((path) => readFileSync(path).toString('latin1'))
    expect(texts.filter((text) => text.includes(upn) || text.includes('Rahman'))).toEqual([])
    expect(texts.some((text) => text.includes('Tierney'))).toBe(true)
  })

  it('every snapshot can still be read, and its figures count one fewer', async () => {
    for (const { snapshot } of await snapshots(world.people.priya!())) {
      const figure = await reading(snapshot)
      expect(figure.kind).toBe('value')
    }
    expect((await reading(locked)).value).toBeCloseTo((97 + 111) / 2, 10)
    expect((await reading(locked)).n).toBe(cited - 1)
  })

  it('the trail keeps its lines and its chain, without the name', async () => {
    expect(await verifyAudit(world.people.priya!())).toMatchObject({ ok: true })
    const { lines } = await auditTrail(world.people.priya!(), { deed: 'erased pupil' })
    expect(lines[0]!.sentence).toBe(
      'Priya Raman erased the record of one pupil: “Recorded by mistake: the child never came to the school.”',
    )
    const seen = await auditTrail(world.people.priya!(), { deed: 'saw pupil' })
    expect(seen.lines[0]!.sentence).toBe(`Grace Coker saw pupil ${ayesha}, Saltmarsh.`)
  })

  it('a line that is changed without being told breaks the chain', async () => {
    const { lines } = await auditTrail(world.people.priya!(), { deed: 'searched pupils' })
    await write(world.founder, (tx) =>
      sql`select access.take_names_out(${lines[0]!.seq}, '{"words":"nothing"}')`.execute(tx),
    )
    expect(await verifyAudit(world.people.priya!())).toMatchObject({ ok: false, brokenAt: lines[0]!.seq })
  })

  it('the list that outlasts a restore knows them by number and keyed hashes only', async () => {
    const [one] = readErased(house)
    expect(one).toMatchObject({ trust: 'tidewell', pupil: ayesha })
    expect(JSON.stringify(one)).not.toMatch(/Rahman|A9992/)
    expect(await finishLettingGo(house)).toBe(0)
  })

  it('can’t be erased twice', async () => {
    await expect(
      erasePupil(world.people.priya!(), { pupil: ayesha, ...now, typed: 'Ayesha Rahman' }),
    ).rejects.toThrow(NotHere)
  })
})

describe('a nameless row', () => {
  it('keeps the figures of a locked drop true, and is nobody’s', async () => {
    const ben = world.pupils['Ben Ashworth']!
    const before = await reading(locked)
    await erasePupil(world.people.priya!(), {
      pupil: ben,
      reason: 'The parents asked for it, and the trust agreed.',
      figures: 'nameless row',
      typed: 'Ben Ashworth',
    })
    expect(await reading(locked)).toEqual(before)
    const pupils = await pupilsInLake()
    expect(pupils.has(ben)).toBe(false)
    expect([...pupils].filter((pupil) => pupil < 0)).toHaveLength(1)
    expect((await wholeRecord()).filter((line) => /Ashworth/.test(line))).toEqual([])
  })
})

it('a pupil who was renamed is found by the name and the number they have now', async () => {
  const callum = world.pupils['Callum Tierney']!
  await correctIdentity(world.people.priya!(), callum, {
    forename: 'Callum',
    surname: 'Shaw',
    upn: world.upns['Callum Tierney']!,
    why: 'Changed by deed poll this winter.',
  })
  const { toType } = await previewErasure(world.people.priya!(), callum)
  expect(toType).toBe('Callum Shaw')
})
