import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse, testDay } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { may, mayAnywhere } from '../../kernel/viewer.ts'
import { clockOn } from '../../platform/clock.ts'
import type { House } from '../../platform/house.ts'
import { pupilById, pupilNames } from '../organisation/index.ts'
import { breakGlass, endGlass } from './commands/break-glass.ts'
import { handleGlassLetters } from './commands/tell-of-glass.ts'
import { auditTrail } from './queries/audit-trail.ts'
import { brokenGlasses } from './queries/break-glass.ts'
import { verifyAudit } from './queries/verify-audit.ts'
import { viewerOf } from './queries/viewer-of.ts'

let house: House & { close: () => Promise<void> }
let world: World
const reason = 'Safeguarding call: the mother is at the gate and the office is shut.'

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house.close())

const neil = (at: House = house) => viewerOf(at, world.trust, world.persons.neil!)
const later = (time: string, day = testDay): House => ({ ...house, clock: clockOn(day, time) })
const letters = () =>
  readdirSync(join(house.config.data, 'outbox')).map((name) =>
    readFileSync(join(house.config.data, 'outbox', name), 'utf8'),
  )
const ayesha = () => world.pupils['Ayesha Rahman']!

describe('breaking the glass', () => {
  it('opens one pupil for an hour, and only that pupil', async () => {
    await expect(pupilById(await neil(), ayesha())).rejects.toThrow(NotHere)
    const broken = await breakGlass(await neil(), {
      school: world.schools.saltmarsh,
      upn: world.upns['Ayesha Rahman']!,
      reason,
      hours: 1,
    })
    expect(broken.pupil).toBe(ayesha())
    const seeing = await neil()
    expect((await pupilById(seeing, ayesha())).surname).toBe('Rahman')
    const everyone = Object.entries(world.pupils)
    const seen = await pupilNames(
      seeing,
      everyone.map(([, id]) => id),
    )
    const own = everyone.filter(([, id]) => seen.has(id)).map(([name]) => name)
    expect(own).toContain('Ayesha Rahman')
    expect(own).not.toContain('Callum Tierney')
    expect(may(seeing, 'see small groups', { school: world.schools.saltmarsh })).toBe(false)
    expect(may(seeing, 'send results', { school: world.schools.saltmarsh })).toBe(false)
  })

  it('tells the data lead, the director and the headteacher at once, with the reason', () => {
    const told = letters()
    for (const address of ['priya.raman', 'amara.okafor', 'ruth.kemp'])
      expect(
        told.some((letter) => letter.includes(`To: ${address}@tidewell.example`)),
        address,
      ).toBe(true)
    expect(told).toHaveLength(3)
    const whole = told.join('').replace(/=\r?\n/g, '')
    expect(whole).toContain('the mother is at the gate')
    expect(whole).not.toContain('Ayesha')
  })

  it('stands in the audit trail, whose chain holds, and on its own page with who was told', async () => {
    const { lines } = await auditTrail(world.people.priya!(), { deed: 'broke glass' })
    expect(lines[0]!.sentence).toContain(`Neil Hart broke the glass to see Ayesha Rahman, Saltmarsh`)
    expect(lines[0]!.sentence).toContain(reason)
    expect(await verifyAudit(world.people.priya!())).toMatchObject({ ok: true })
    const [glass] = await brokenGlasses(world.people.ruth!())
    expect(glass).toMatchObject({ name: 'Neil Hart', holds: true, pupilName: 'Ayesha Rahman', reason })
    expect(glass!.told.every(({ sent }) => sent !== null)).toBe(true)
  })

  it('ends by itself', async () => {
    await expect(pupilById(await neil(later('10:30')), ayesha())).rejects.toThrow(NotHere)
    expect((await brokenGlasses({ ...world.people.priya!(), house: later('10:30') }))[0]!.holds).toBe(false)
  })

  it('opens every pupil of a school, and ends when whoever was told ends it', async () => {
    const { id } = await breakGlass(await neil(), { school: world.schools.saltmarsh, reason, hours: 4 })
    expect((await pupilNames(await neil(), [world.pupils['Callum Tierney']!])).size).toBe(1)
    await expect(endGlass(world.people.helen!(), id)).rejects.toThrow(/Only whoever broke the glass/)
    await expect(endGlass(world.stranger, id)).rejects.toThrow(NotHere)
    await endGlass(world.people.ruth!(), id)
    expect((await pupilNames(await neil(), [world.pupils['Callum Tierney']!])).size).toBe(0)
    await expect(endGlass(world.people.ruth!(), id)).rejects.toThrow('It has ended already.')
  })

  it('sends the letters later when the mail server is down, and opens all the same', async () => {
    let down = true
    const mail = {
      ...house.mail,
      send: async (letter: Parameters<House['mail']['send']>[0]) => {
        if (down) throw new Error('connection refused')
        await house.mail.send(letter)
      },
    }
    const before = letters().length
    const flaky = { ...house, mail }
    await breakGlass(
      { ...(await neil()), house: flaky },
      { school: world.schools.northquay, reason, hours: 1 },
    )
    expect(letters()).toHaveLength(before)
    expect((await brokenGlasses(world.people.priya!()))[0]!.told.every(({ sent }) => sent === null)).toBe(
      true,
    )
    down = false
    await handleGlassLetters(flaky)
    await expect
      .poll(async () => (await brokenGlasses(world.people.priya!()))[0]!.told.every(({ sent }) => sent), {
        timeout: 20_000,
      })
      .toBe(true)
  })
})

describe('the glass stays whole', () => {
  const ask = { school: 0, reason, hours: 1 }
  it.each([
    ['without a reason', { reason: 'because' }, /Say in a sentence why/],
    ['for a week', { hours: 168 }, /Choose for how long/],
    ['for a UPN that is not of that school', { upn: 'A999200120001' }, /No pupil of that school has the UPN/],
  ])('%s', async (_, change, sentence) => {
    const before = (await brokenGlasses(world.people.priya!())).length
    await expect(
      breakGlass(await neil(), { ...ask, school: world.schools.saltmarsh, ...change }),
    ).rejects.toThrow(sentence)
    expect(await brokenGlasses(world.people.priya!())).toHaveLength(before)
  })

  it('for trustees, governors and clerks', async () => {
    for (const who of ['helen', 'owen', 'lena'])
      await expect(
        breakGlass(world.people[who]!(), { ...ask, school: world.schools.saltmarsh }),
        who,
      ).rejects.toThrow(/Only someone who works with pupils/)
  })

  it('for a school whose pupils one sees already', async () => {
    await expect(
      breakGlass(world.people.ruth!(), { ...ask, school: world.schools.saltmarsh }),
    ).rejects.toThrow(/already/)
  })

  it('for a stranger, who neither finds the school nor sees that the glass was broken', async () => {
    await expect(breakGlass(world.stranger, { ...ask, school: world.schools.saltmarsh })).rejects.toThrow(
      NotHere,
    )
    expect(await brokenGlasses(world.stranger)).toEqual([])
    expect(await brokenGlasses(world.people.grace!())).toEqual([])
    await expect(brokenGlasses(world.people.helen!())).rejects.toThrow(NotHere)
    expect(mayAnywhere(world.stranger, 'see audit')).toBe(true)
  })
})
