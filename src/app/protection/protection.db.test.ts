import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { breakGlass } from '../../modules/access/index.ts'
import { paperPdf } from '../../platform/pdf/paper.ts'
import { dpiaFacts } from './dpia-facts.ts'
import { dpiaPaper } from './dpia-paper.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

const words = async () => JSON.stringify(dpiaPaper(await dpiaFacts(world.people.priya!()), '2026-03-20'))

describe('the facts for the DPIA', () => {
  it('are counted from the record, with who holds which role today', async () => {
    const facts = await dpiaFacts(world.people.priya!())
    expect(facts.held.find(({ what }) => what === 'Pupils')!.count).toBe(Object.keys(world.pupils).length)
    expect(facts.roles.find(({ role }) => role === 'class-teacher')!.holders).toBe(1)
    expect(facts.schools).toHaveLength(3)
    expect(await words()).toContain('Which year groups get fluency partners after Easter.')
  })

  it('follow the settings and say what to look at', async () => {
    expect(await words()).toContain('until a mail server is set')
    const viewer = world.people.priya!()
    const config = {
      ...house.config,
      smtpUrl: 'smtps://user:secret@mail.tidewell.example',
      origin: 'http://data.tidewell.example',
    }
    const set = JSON.stringify(
      dpiaPaper(await dpiaFacts({ ...viewer, house: { ...house, config } }), '2026-03-20'),
    )
    expect(set).toContain('Sent through mail.tidewell.example.')
    expect(set).toContain('The address is not https')
    expect(set).not.toContain('secret')
  })

  it('count each broken glass', async () => {
    const before = (await dpiaFacts(world.people.priya!())).brokenGlasses
    await breakGlass(world.people.neil!(), {
      school: world.schools.saltmarsh,
      reason: 'Covers the data manager of Saltmarsh, who is ill today.',
      hours: 1,
    })
    expect((await dpiaFacts(world.people.priya!())).brokenGlasses).toBe(before + 1)
  })

  it('name no pupil, and leave as PDF/UA-1', async () => {
    const paper = dpiaPaper(await dpiaFacts(world.people.priya!()), '2026-03-20')
    expect(JSON.stringify(paper)).not.toMatch(/Ayesha|Rahman|Tierney/)
    const pdf = Buffer.from(await paperPdf(paper, house.clock.now())).toString('latin1')
    expect(pdf).toContain('<pdfuaid:part>1</pdfuaid:part>')
  })

  it('are for the data lead and the director; a stranger gets their own trust’s', async () => {
    expect((await dpiaFacts(world.people.amara!())).schools).toHaveLength(3)
    for (const who of ['ruth', 'grace', 'helen', 'lena'])
      await expect(dpiaFacts(world.people[who]!()), who).rejects.toThrow(NotHere)
    expect((await dpiaFacts(world.stranger)).schools).toEqual(['Fenmarch Primary School'])
  })
})
