import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { upnCheckLetter } from '../../../kernel/upn.ts'
import { write } from '../../../platform/database/door.ts'
import { audit, auditTrail, verifyAudit } from '../../access/index.ts'
import { publishRows } from '../../evidence/example.ts'
import { pupilById } from '../../organisation/index.ts'
import { correctIdentity } from './correct-identity.ts'
import { recordFiles } from './record-files.ts'
import { wholeRecord } from './whole-record.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
let ayesha: number
const upnOf = (twelve: string) => upnCheckLetter(twelve) + twelve

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  ayesha = world.pupils['Ayesha Rahman']!
  const roll = [ayesha, world.pupils['Callum Tierney']!].map((pupil) => ({ pupil, year: '4' }))
  for (const score of [101, 104])
    await publishRows(
      world.founder,
      '2026-spring',
      world.schools.saltmarsh,
      roll,
      roll.map(({ pupil }) => ({ pupil, assessment: 'reading-scaled', value: score })),
    )
  await audit(world.people.grace!(), {
    deed: 'saw pupil',
    subject: 'organisation.pupil',
    id: ayesha,
    school: world.schools.saltmarsh,
  })
})
afterAll(() => house?.close())

const words = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

describe('the whole record of a pupil', () => {
  it('holds every result that any snapshot ever held, and what was recorded', async () => {
    const files = unzipSync(await recordFiles(world.people.priya!(), ayesha))
    expect(Object.keys(files).sort()).toEqual([
      'attendance.csv',
      'pupil-state.csv',
      'record.json',
      'record.pdf',
      'result.csv',
    ])
    const record = JSON.parse(words(files['record.json']))
    expect(record.pupil).toMatchObject({ surname: 'Rahman', upn: world.upns['Ayesha Rahman'] })
    const results = record.held.filter((one: { fact: string }) => one.fact === 'result')
    expect(results.map((one: { row: { raw: string } }) => one.row.raw)).toEqual(['101', '104'])
    expect(results.map((one: { untilSnapshot: number | null }) => one.untilSnapshot)).toEqual([2, null])
    expect(words(files['result.csv'])).toContain('reading-scaled')
    expect(Buffer.from(files['record.pdf']!).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
  })

  it('names nobody else: no pupil, no teacher who looked', async () => {
    const files = unzipSync(await recordFiles(world.people.priya!(), ayesha))
    const data = ['record.json', 'result.csv', 'attendance.csv', 'pupil-state.csv']
      .map((name) => words(files[name]))
      .join('\n')
    for (const name of ['Callum', 'Tierney', 'Grace', 'Coker', 'Priya', 'Raman'])
      expect(data, name).not.toContain(name)
    expect(JSON.parse(words(files['record.json'])).looks.length).toBeGreaterThan(1)
  })

  it('leaves other people out of what was written, and says so to whoever takes it away', async () => {
    await write(world.founder, (tx) =>
      tx
        .insertInto('evidence.check_answer')
        .values({
          trust_id: world.trust,
          drop_id: 1,
          school_id: world.schools.saltmarsh,
          finding: 'a test',
          answer: 'Ayesha Rahman sat beside Callum Tierney; Mr Fry saw it. Grace was away.',
          person_id: world.persons.dan!,
        })
        .execute(),
    )
    const { cleared, written } = await wholeRecord(world.people.priya!(), ayesha)
    const left = 'Ayesha Rahman sat beside [name left out]; [name left out] saw it. Grace was away.'
    expect(written.map(({ words: said }) => said)).toContain(left)
    expect(cleared).toMatchObject([{ out: ['Callum Tierney', 'Mr Fry'], look: ['Grace'] }])
    const record = words(unzipSync(await recordFiles(world.people.priya!(), ayesha))['record.json'])
    expect(record).toContain(left)
    expect(record).not.toContain('Tierney')
    const told = words(unzipSync(await recordFiles(world.people.priya!(), ayesha, ['Grace']))['record.json'])
    expect(told).toContain('[name left out] was away.')
  })

  it('is a line of the audit trail each time', async () => {
    const { lines } = await auditTrail(world.people.priya!(), { deed: 'took whole record' })
    expect(lines[0]!.sentence).toBe('Priya Raman took away the whole record of Ayesha Rahman, Saltmarsh.')
    expect(await verifyAudit(world.people.priya!())).toMatchObject({ ok: true })
  })

  it('is not for a class teacher, a data manager, a trustee, another school’s head or a stranger', async () => {
    for (const who of ['grace', 'dan', 'helen', 'neil', 'lena'])
      await expect(wholeRecord(world.people[who]!(), ayesha), who).rejects.toThrow(NotHere)
    await expect(recordFiles(world.stranger, ayesha)).rejects.toThrow(NotHere)
    expect((await wholeRecord(world.people.ruth!(), ayesha)).pupil.id).toBe(ayesha)
  })
})

describe('a wrong UPN or a changed name', () => {
  const now = {
    forename: 'Ayesha',
    surname: 'Rahman-Cole',
    upn: upnOf('999200120888'),
    why: 'The transfer file showed the UPN she had before.',
  }

  it.each([
    ['a UPN whose check letter is wrong', { upn: 'A999200120888' }, /first letter is A/],
    ['another pupil’s UPN', { upn: 'callum' }, /Another pupil of the trust has the UPN/],
    ['no name', { surname: ' ' }, /forename and a surname/],
    ['no reason', { why: '' }, /Say in a sentence why/],
  ])('is refused for %s, and nothing changes', async (_, change, sentence) => {
    const asked = { ...now, ...change }
    if (asked.upn === 'callum') asked.upn = world.upns['Callum Tierney']!
    await expect(correctIdentity(world.people.priya!(), ayesha, asked)).rejects.toThrow(sentence)
    expect(await pupilById(world.people.priya!(), ayesha)).toMatchObject({ surname: 'Rahman' })
  })

  it('is refused to a teacher and to a stranger', async () => {
    await expect(correctIdentity(world.people.grace!(), ayesha, now)).rejects.toThrow(NotHere)
    await expect(correctIdentity(world.stranger, ayesha, now)).rejects.toThrow(NotHere)
  })

  it('is put right by the school’s data manager, with the reason in the trail', async () => {
    await correctIdentity(world.people.dan!(), ayesha, now)
    expect(await pupilById(world.people.priya!(), ayesha)).toMatchObject({
      surname: 'Rahman-Cole',
      upn: now.upn,
    })
    const { lines } = await auditTrail(world.people.priya!(), { deed: 'corrected record' })
    expect(lines[0]!.sentence).toContain(
      'Dan Fry put right the surname, UPN of Ayesha Rahman-Cole, Saltmarsh',
    )
    await expect(
      correctIdentity(world.people.dan!(), ayesha, { ...now, why: 'Once more, the same.' }),
    ).rejects.toThrow(/Nothing is different/)
  })
})
