import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { read, write } from '../../platform/database/door.ts'
import type { House } from '../../platform/house.ts'
import { audit } from './commands/audit.ts'
import { auditTrail, trailFilters, whoLookedAt } from './queries/audit-trail.ts'
import { verifyAudit } from './queries/verify-audit.ts'

let house: House & { close: () => Promise<void> }
let world: World
let priya: World['founder']
let ruth: World['founder']
let ayesha: number

const looks = (viewer: World['founder'], pupil: number, school: number) =>
  audit(viewer, { deed: 'saw pupil', subject: 'organisation.pupil', id: pupil, school })

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  priya = world.people.priya!()
  ruth = world.people.ruth!()
  ayesha = world.pupils['Ayesha Rahman']!
})
afterAll(() => house.close())

/** Does as whoever owns the database could: past row-level security and past every right of ours. */
async function asOwner(text: string) {
  if (house.database.kind === 'embedded') {
    await house.database.executeSql(`reset role; alter table access.audit no force row level security;
      alter table access.audit_link no force row level security; ${text}; set role throughline_app`)
    return
  }
  const { rows } = await house.database.executeSql('select current_database() as name')
  const url = new URL((await import('vitest')).inject('serverUrl'))
  url.pathname = `/${(rows[0] as { name: string }).name}`
  const owner = new pg.Client({ connectionString: url.href })
  await owner.connect()
  await owner.query(text)
  await owner.end()
}

describe('the audit trail', () => {
  it('says who looked at a pupil, to those who may know', async () => {
    await looks(world.people.grace!(), ayesha, world.schools.saltmarsh)
    await looks(priya, ayesha, world.schools.saltmarsh)
    const seen = [
      'Priya Raman saw pupil Ayesha Rahman, Saltmarsh.',
      'Grace Coker saw pupil Ayesha Rahman, Saltmarsh.',
    ]
    for (const viewer of [priya, ruth, world.people.amara!()])
      expect((await whoLookedAt(viewer, ayesha)).map((line) => line.sentence)).toEqual(seen)
    for (const who of ['dan', 'grace', 'tomasz', 'helen', 'owen', 'lena', 'neil'])
      expect(await whoLookedAt(world.people[who]!(), ayesha), who).toEqual([])
  })

  it('counts a pupil who was seen in a list, taken away in one, or found by a search', async () => {
    const callum = world.pupils['Callum Tierney']!
    const ids = [callum, world.pupils['Ben Ashworth']!, callum]
    const school = world.schools.saltmarsh
    await audit(priya, {
      deed: 'saw pupils',
      subject: 'organisation.class',
      id: world.classes['4C'],
      school,
      detail: { pupils: 2, ids },
    })
    await audit(priya, {
      deed: 'exported pupils',
      subject: 'measures.figure',
      id: '/figure/x',
      school,
      detail: { ids: [callum] },
    })
    await audit(priya, {
      deed: 'searched pupils',
      subject: 'organisation.pupil',
      id: 'search',
      detail: { words: 'tier', found: [callum] },
    })
    expect((await whoLookedAt(priya, callum)).map((line) => line.sentence)).toEqual([
      'Priya Raman searched for “tier” and found 1 pupil.',
      'Priya Raman took away a list of 1 pupil by name, Saltmarsh.',
      'Priya Raman saw 2 pupils by name, Saltmarsh.',
    ])
    expect((await whoLookedAt(ruth, callum)).map((line) => line.deed)).toEqual([
      'exported pupils',
      'saw pupils',
    ])
    expect(await whoLookedAt(priya, world.pupils['Ben Ashworth']!)).toHaveLength(1)
  })

  it('shows a headteacher the own school and nothing of the others or of the trust', async () => {
    await looks(world.people.neil!(), world.pupils['Tom Bell']!, world.schools.gullRock)
    await audit(priya, {
      deed: 'exported',
      subject: 'measures.figure',
      id: 'reading',
      detail: { what: 'Reading by school, CSV' },
    })
    const own = (await auditTrail(ruth)).lines
    expect(own.length).toBeGreaterThan(0)
    expect(new Set(own.map((line) => line.school))).toEqual(new Set([world.schools.saltmarsh]))
    await expect(auditTrail(ruth, { school: world.schools.gullRock })).rejects.toThrow(NotHere)
    expect((await trailFilters(ruth)).deeds).not.toContain('exported')
    const all = (await auditTrail(priya)).lines.map((line) => line.sentence)
    expect(all).toEqual(
      expect.arrayContaining([
        'Priya Raman exported Reading by school, CSV.',
        'Neil Hart saw pupil Tom Bell, Gull Rock.',
      ]),
    )
  })

  it('narrows by person, deed, day and school, and turns pages', async () => {
    const grace = world.persons.grace!
    expect((await auditTrail(priya, { person: grace })).lines.every((line) => line.person === grace)).toBe(
      true,
    )
    expect((await auditTrail(priya, { deed: 'exported' })).lines).toHaveLength(1)
    expect((await auditTrail(priya, { to: '2026-03-19' })).lines).toEqual([])
    expect((await auditTrail(priya, { from: '2026-03-20', to: '2026-03-20' })).lines.length).toBeGreaterThan(
      3,
    )
    const first = await auditTrail(priya, { limit: 2 })
    expect(first).toMatchObject({ more: true, lines: [{}, {}] })
    const next = await auditTrail(priya, { limit: 2, before: first.lines.at(-1)!.seq })
    expect(next.lines[0]!.seq).toBe(first.lines.at(-1)!.seq - 1)
  })

  it('is closed to those who may not read it', async () => {
    for (const who of ['dan', 'grace', 'tomasz', 'helen', 'owen', 'lena', 'neil'])
      await expect(auditTrail(world.people[who]!()), who).rejects.toThrow(NotHere)
    await expect(verifyAudit(ruth)).rejects.toThrow(Refusal)
  })

  it('keeps each trust to itself', async () => {
    await looks(world.stranger, world.strangersPupil, world.strangersSchool)
    expect(await whoLookedAt(world.stranger, ayesha)).toEqual([])
    const theirs = await auditTrail(world.stranger)
    expect(theirs.lines.map((line) => line.name)).toEqual(['Stella Stranger'])
    expect((await trailFilters(world.stranger)).people.map((one) => one.name)).toEqual(['Stella Stranger'])
    expect((await auditTrail(priya)).lines.map((line) => line.name)).not.toContain('Stella Stranger')
    expect(await verifyAudit(world.stranger)).toMatchObject({ ok: true, rows: 1 })
  })

  it('stays one chain when many look at once', async () => {
    const before = await verifyAudit(priya)
    await Promise.all(Array.from({ length: 25 }, () => looks(priya, ayesha, world.schools.saltmarsh)))
    expect(await verifyAudit(priya)).toMatchObject({ ok: true, rows: before.rows + 25 })
  })

  it('adds no line when the deed it tells of fails', async () => {
    const before = await verifyAudit(priya)
    const { auditIn } = await import('./commands/audit.ts')
    const failing = write(priya, async (tx) => {
      await auditIn(priya, tx, { deed: 'gave role', subject: 'organisation.person', id: 1 })
      throw new Error('and then the power went')
    })
    await expect(failing).rejects.toThrow('power')
    expect(await verifyAudit(priya)).toEqual(before)
  })

  it('takes what a person typed as it is: quotes, NUL, far-off letters', async () => {
    await audit(priya, {
      deed: 'exported',
      subject: 'measures.figure',
      id: 'x',
      detail: { what: "a\u0000b “c” ' -- ł 😀 \\u0000 \ud800", n: 1.5, none: undefined },
    })
    expect(await verifyAudit(priya)).toMatchObject({ ok: true })
  })

  it('can’t be changed or emptied by the application at all', async () => {
    for (const text of [
      "update access.audit set person_name = 'x'",
      'delete from access.audit',
      'truncate access.audit',
      "update access.audit_link set hash = 'x'",
      'delete from access.audit_link',
      'delete from access.audit_pupil',
    ])
      await expect(
        write(priya, (tx) => sql.raw(text).execute(tx)),
        text,
      ).rejects.toThrow(/permission denied/)
  })
})

describe('tampering by whoever owns the database', () => {
  it('is found: a changed name, then a missing line, then a line slipped in', async () => {
    const { rows } = await verifyAudit(priya)
    expect(rows).toBeGreaterThan(10)
    const line = 4
    const name = (
      await read(priya, (db) =>
        db.selectFrom('access.audit').where('seq', '=', line).select('person_name').executeTakeFirstOrThrow(),
      )
    ).person_name
    await asOwner(
      `update access.audit set person_name = 'Someone Else' where trust_id = ${world.trust} and seq = ${line}`,
    )
    expect(await verifyAudit(priya)).toEqual({
      ok: false,
      rows: 3,
      brokenAt: 4,
      because: 'Line 4 has been changed since it was written.',
    })
    await asOwner(
      `update access.audit set person_name = '${name}' where trust_id = ${world.trust} and seq = ${line}`,
    )
    expect(await verifyAudit(priya)).toMatchObject({ ok: true })

    await asOwner(`delete from access.audit where trust_id = ${world.trust} and seq = 7`)
    expect(await verifyAudit(priya)).toMatchObject({
      ok: false,
      brokenAt: 7,
      because: 'The words of line 7 are missing.',
    })
    await asOwner(`delete from access.audit_link where trust_id = ${world.trust} and seq = 7`)
    expect(await verifyAudit(priya)).toMatchObject({ ok: false, brokenAt: 7, because: 'Line 7 is missing.' })
    await asOwner(`update access.audit_link set seq = -seq where trust_id = ${world.trust} and seq > 7 and false;
      insert into access.audit_link select trust_id, 7, previous_hash, hash from access.audit_link where trust_id = ${world.trust} and seq = 8`)
    expect(await verifyAudit(priya)).toMatchObject({ ok: false, brokenAt: 7 })
  })
})
