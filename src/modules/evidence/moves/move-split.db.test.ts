import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { classesOf, classKin, movePupil, pupilById } from '../../organisation/index.ts'
import { dropByCode, latestSnapshot, lockDrop, snapshotFiles } from '../index.ts'
import { publishRows } from '../test/publish-rows.ts'
import { visiting } from '../test/visit.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
const who = (name: string): Viewer => world.people[name]!()
const code = '2026-spring'

beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
  const names = ['Ayesha Rahman', 'Callum Tierney', 'Ben Ashworth', 'Daisy Holt']
  const roll = names.map((name) => ({ pupil: world.pupils[name]!, year: '4', class: world.classes['4C'] }))
  await publishRows(
    world.founder,
    code,
    world.schools.saltmarsh,
    roll,
    roll.map(({ pupil }, at) => ({ pupil, assessment: 'reading-scaled', value: 100 + at })),
  )
})
afterAll(() => house?.close())

/** What the live files of the drop say of a pupil, school by school. */
async function marks(pupil: number, snapshot?: number) {
  const drop = await dropByCode(who('priya'), code)
  const files = await snapshotFiles(who('priya'), snapshot ?? (await latestSnapshot(who('priya'))), {
    drops: [drop.id],
  })
  const bench = await house.lake.duck.workbench()
  try {
    const rows = async (fact: string, columns: string) => {
      const paths = files.filter((one) => one.fact === fact).map((one) => literal(house.lake.path(one.path)))
      return paths.length
        ? bench.rows<Record<string, unknown>>(
            `select ${columns} from read_parquet([${paths.join(', ')}]) where pupil = ${pupil}`,
          )
        : []
    }
    return {
      results: await rows('result', 'school, raw, class_id'),
      states: await rows('pupil_state', 'school, class_id, form'),
    }
  } finally {
    bench.close()
  }
}

describe('a pupil who changes school before the lock', () => {
  it('is shown where each open drop then counts them, and nothing changes yet', async () => {
    const id = world.pupils['Ayesha Rahman']!
    const page = await visiting(house, who('priya')).get(
      `/pupils/${id}/move?to=${world.schools.gullRock}&day-day=2&day-month=3&day-year=2026`,
    )
    expect(page.text).toContain(
      'Marks that Saltmarsh sent go with them, where Gull Rock has sent none of its own.',
    )
    expect((await pupilById(who('priya'), id)).enrolments).toHaveLength(1)
    const later = await visiting(house, who('priya')).get(
      `/pupils/${id}/move?to=${world.schools.gullRock}&day-day=16&day-month=3&day-year=2026`,
    )
    expect(later.text).toContain('At Saltmarsh, where they were on that day.')
    expect((await visiting(house, who('ruth')).get(`/pupils/${id}/move`)).text).toContain(
      'You send for this school alone.',
    )
    for (const other of ['neil', 'helen', 'grace'])
      expect((await visiting(house, who(other)).get(`/pupils/${id}/move`)).status, other).toBe(404)
    expect((await visiting(house, world.stranger).get(`/pupils/${id}/move`)).status).toBe(404)
  })

  it('counts at the new school with their mark, and old snapshots say what they said', async () => {
    const id = world.pupils['Ayesha Rahman']!
    const before = await latestSnapshot(who('priya'))
    const sent = await visiting(house, who('priya')).post(`/pupils/${id}/move`, {
      to: String(world.schools.gullRock),
      'day-day': '2',
      'day-month': '3',
      'day-year': '2026',
    })
    expect([sent.status, sent.to]).toEqual([303, `/pupils/${id}`])
    const now = await marks(id)
    expect(now.results).toEqual([{ school: world.schools.gullRock, raw: '100', class_id: null }])
    expect(now.states).toEqual([{ school: world.schools.gullRock, class_id: null, form: null }])
    expect((await marks(id, before)).results).toEqual([
      { school: world.schools.saltmarsh, raw: '100', class_id: world.classes['4C'] },
    ])
    const { enrolments, years, characteristics } = await pupilById(who('priya'), id)
    expect(enrolments.map(({ school, from, to }) => [school, from, to])).toEqual([
      [world.schools.gullRock, '2026-03-02', null],
      [world.schools.saltmarsh, '2025-09-01', '2026-03-01'],
    ])
    expect(years.filter(({ yearGroup }) => yearGroup === '4')).toHaveLength(2)
    expect(
      characteristics.filter(({ kind, school }) => kind === 'fsm6' && school === world.schools.gullRock),
    ).toHaveLength(1)
  })

  it('after the drop’s day counts where they were on that day', async () => {
    const id = world.pupils['Callum Tierney']!
    const before = await latestSnapshot(who('priya'))
    await visiting(house, who('priya')).post(`/pupils/${id}/move`, {
      to: String(world.schools.gullRock),
      'day-day': '16',
      'day-month': '3',
      'day-year': '2026',
    })
    expect((await marks(id)).states).toMatchObject([{ school: world.schools.saltmarsh }])
    expect(await latestSnapshot(who('priya'))).toBe(before)
  })

  it.each([
    ['to the school they are at', { to: 'saltmarsh', day: '2026-03-02' }, 'Choose another school'],
    ['on a day that is none', { to: 'gullRock', day: '2026-02-30' }, 'is not a day on the calendar'],
    ['before they came', { to: 'gullRock', day: '2025-09-01' }, 'The move must be after that day'],
  ] as const)('is refused %s', async (_, { to, day }, sentence) => {
    await expect(
      movePupil(who('priya'), {
        pupil: world.pupils['Ben Ashworth']!,
        from: world.schools.saltmarsh,
        to: world.schools[to],
        day,
      }),
    ).rejects.toThrow(sentence)
  })
})

describe('a class that is split in the middle of a drop', () => {
  it('takes its pupils and the marks that were sent into the new class', async () => {
    const [ben, daisy] = [world.pupils['Ben Ashworth']!, world.pupils['Daisy Holt']!]
    const path = `/classes/${world.classes['4C']}/split`
    const nameless = await visiting(house, who('ruth')).post(path, { [`pupil-${ben}`]: '0' })
    expect([nameless.status, nameless.text]).toEqual([422, expect.stringContaining('Say from which day on.')])
    const day = { 'day-day': '9', 'day-month': '3', 'day-year': '2026' }
    const taken = await visiting(house, who('ruth')).post(path, {
      ...day,
      'name-0': '4L',
      [`pupil-${ben}`]: '0',
    })
    expect(taken.text).toContain('There is a class 4L in this year already.')
    const split = await visiting(house, who('ruth')).post(path, {
      ...day,
      'name-0': '4D',
      [`pupil-${ben}`]: '0',
    })
    expect(split.to).toBe(`${path}?done=class-split`)
    const fresh = (await classesOf(who('ruth'), world.schools.saltmarsh, 2025)).find(
      ({ name }) => name === '4D',
    )!
    expect((await marks(ben)).results).toEqual([
      { school: world.schools.saltmarsh, raw: '102', class_id: fresh.id },
    ])
    expect((await marks(ben)).states).toEqual([
      { school: world.schools.saltmarsh, class_id: fresh.id, form: '4D' },
    ])
    expect((await marks(daisy)).results).toMatchObject([{ raw: '103', class_id: world.classes['4C'] }])
    expect(await classKin(who('ruth'), fresh.id)).toMatchObject([
      { name: '4C', day: '2026-03-09', kin: 'came out of' },
    ])
    expect((await visiting(house, who('ruth')).get(path)).text).toContain(
      'Pupils went into 4D on 9 March 2026',
    )
    for (const other of ['neil', 'helen', 'grace'])
      expect((await visiting(house, who(other)).get(path)).status, other).toBe(404)
  })

  it('keeps its figures under another name', async () => {
    const daisy = world.pupils['Daisy Holt']!
    const named = await visiting(house, who('ruth')).post(`/classes/${world.classes['4C']}/name`, {
      name: '4 Cormorant',
    })
    expect(named.status).toBe(303)
    expect((await marks(daisy)).states).toMatchObject([
      { class_id: world.classes['4C'], form: '4 Cormorant' },
    ])
  })

  it('changes no drop that is locked', async () => {
    const locked = await lockDrop(who('priya'), code, { without: 'A test of splits, nobody signs.' })
    await visiting(house, who('ruth')).post(`/classes/${world.classes['4C']}/name`, { name: '4 Curlew' })
    expect(await latestSnapshot(who('priya'))).toBe(locked)
    expect((await marks(world.pupils['Daisy Holt']!)).states).toMatchObject([{ form: '4 Cormorant' }])
  })
})
