import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../test/world.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { write } from '../../../../platform/database/door.ts'
import { openJobs } from '../../../../platform/jobs.ts'
import { silentLog } from '../../../../platform/log.ts'
import { dropByCode } from '../../drops/queries/drops.ts'
import { atWork, visiting } from '../../test/visit.ts'
import { startImport } from '../commands/start-import.ts'
import { importsOf } from '../queries/imports-of.ts'
import { askToRead, fileWork } from './ask-file-work.ts'
import { handleFileWork } from './do-file-work.ts'
import { troublesSince, workAndProgress, workUnderWay } from './work-under-way.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

const dan = () => world.people.dan!()
/** Somebody who never waits, while nobody works on files yet. */
const idle = (who = 'dan') => visiting(house, world.people[who]!(), { patience: 0, idle: true })
const task = () => `/drops/${world.drop}/schools/saltmarsh`
const csv = (...scores: number[]) =>
  [
    'UPN,Rdg SS',
    ...['Amir Haddad', 'Bella Sharpe', 'Connor Walsh'].map(
      (name, at) => `${world.upns[name]},${scores[at] ?? 100}`,
    ),
  ].join('\r\n')
const jobIn = (path: string) => path.split('/').at(-1)!
const here = async () => ({
  drop: (await dropByCode(dan(), world.drop)).id,
  school: world.schools.saltmarsh,
})

describe('a file that takes long', () => {
  let first: string
  let broken: string

  it('is read behind a page that says how far it has come, reloads itself and can be left', async () => {
    const sent = await idle().send(`${task()}/files`, { name: 'marks.csv', text: csv(104, 97, 88) })
    first = sent.to
    expect([sent.status, first]).toEqual([303, expect.stringContaining(`${task()}/work/`)])
    broken = (await idle().send(`${task()}/files`, { name: 'marks.pdf', text: '%PDF-1.7 not a table' })).to
    const page = await idle().get(first)
    expect(page.status).toBe(200)
    for (const words of [
      'Saltmarsh: reading the file',
      'marks.csv',
      'Waiting for its turn',
      'can leave this page',
    ])
      expect(page.text).toContain(words)
    expect(page.html).toContain('http-equiv="refresh"')
    expect(page.html).not.toMatch(/<script(?![^>]*src=)|\sstyle=/)
    expect((await idle().get(task())).html).toContain(`href="${first}"`)
  })

  it('is nobody else’s to see', async () => {
    for (const viewer of [world.stranger, world.people.neil!(), world.people.helen!()]) {
      expect((await visiting(house, viewer, { idle: true }).get(first)).status).toBe(404)
      await expect(workAndProgress(viewer, jobIn(first))).rejects.toThrow(NotHere)
      expect(await workUnderWay(viewer, await here())).toEqual([])
      expect(await troublesSince(viewer, await here())).toEqual([])
    }
    expect((await idle('priya').get(first)).status).toBe(200)
    expect((await idle().get(`/drops/${world.drop}/work/${jobIn(first)}`)).status).toBe(404)
    expect((await idle().get(`${task()}/work/none`)).status).toBe(404)
  })

  it('turns into the page of its import once it is read', async () => {
    await atWork(house)
    await house.jobs.settled(dan(), jobIn(first), 30_000)
    await house.jobs.settled(dan(), jobIn(broken), 30_000)
    const { to } = await idle().get(first)
    expect(to).toMatch(/\/saltmarsh\/imports\/\d+$/)
    expect((await idle().get(to)).text).toContain('Publish as snapshot')
    expect((await workAndProgress(dan(), jobIn(first))).progress).toMatchObject({ state: 'done', of: 1000 })
  })

  it('says, once and to who sent it, why it could not be read', async () => {
    expect((await idle().get(broken)).to).toBe(task())
    expect((await idle('priya').get(task())).text).not.toContain('marks.pdf: ')
    expect((await idle().get(task())).text).toContain('marks.pdf: This is a PDF')
    expect((await idle().get(task())).text).not.toContain('marks.pdf: ')
  })

  it('is published behind such a page too, and asked for twice goes in once', async () => {
    const path = (await idle().get(first)).to
    const [one, two] = [await idle().post(`${path}/publish`), await idle().post(`${path}/publish`)]
    expect([one.to, two.to]).toEqual([expect.stringContaining('/work/'), one.to])
    await house.jobs.settled(dan(), jobIn(one.to), 30_000)
    expect((await idle().get(one.to)).to).toBe(`${path}?done=published`)
    expect((await idle().get(path)).text).toContain('Published as snapshot')
    const again = await idle().post(`${path}/publish`)
    await house.jobs.settled(dan(), jobIn(again.to), 30_000)
    expect((await idle().get(again.to)).to).toBe(path)
    expect((await idle().get(path)).text).toContain('It is published already')
  })
})

describe('work that was lost on the way', () => {
  it('holds nobody up: after an hour without a word it is no longer under way', async () => {
    const other = await openTestHouse()
    const there = await makeWorld(other)
    const viewer = there.people.dan!()
    const file = await other.files.keep(Readable.from([Buffer.from(csv(90, 91, 92))]))
    const school = there.schools.saltmarsh
    const job = await askToRead(viewer, { drop: there.drop, school, upload: { name: 'marks.csv', ...file } })
    const drop = await dropByCode(viewer, there.drop)
    expect(await workUnderWay(viewer, { drop: drop.id, school })).toHaveLength(1)
    await write(viewer, (tx) =>
      tx
        .updateTable('platform.job')
        .set({ changed_at: new Date(Date.now() - 3_700_000) })
        .where('job_id', '=', job)
        .execute(),
    )
    expect(await workUnderWay(viewer, { drop: drop.id, school })).toEqual([])
    const page = await visiting(other, viewer, { idle: true }).get(
      `/drops/${there.drop}/schools/saltmarsh/work/${job}`,
    )
    expect(page.to).toBe(`/drops/${there.drop}/schools/saltmarsh`)
    await other.close()
  })
})

describe('a process that stops in the middle of a file', () => {
  it('takes the work up again, and what was kept already is not made twice', async () => {
    if (house.database.kind !== 'embedded') return
    const other = await openTestHouse()
    const there = await makeWorld(other)
    const viewer = there.people.dan!()
    const dead = openJobs({ database: other.database, log: silentLog })
    const file = await other.files.keep(Readable.from([Buffer.from(csv(90, 91, 92))]))
    const wish = {
      drop: there.drop,
      school: there.schools.saltmarsh,
      upload: { name: 'marks.csv', ...file },
    }
    const work = await askToRead(viewer, wish)
    await new Promise<void>((died, failed) => {
      const dies = async () => {
        await startImport(viewer, { ...wish, work })
        died()
        await new Promise(() => {})
      }
      dead.handle(fileWork, () => dies().catch(failed)).catch(failed)
    })
    await handleFileWork(other)
    expect(await other.jobs.settled(viewer, work, 30_000)).toMatchObject({ state: 'done' })
    const drop = await dropByCode(viewer, there.drop)
    expect(await importsOf(viewer, drop.id, there.schools.saltmarsh)).toHaveLength(1)
    await dead.close(1)
    await other.close()
  })
})
