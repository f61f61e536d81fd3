import { chmodSync, truncateSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { makeWorld, type World } from '../../../test/world.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { runImport, snapshotFiles } from '../../modules/evidence/index.ts'
import { pupilsForMatching } from '../../modules/organisation/index.ts'
import { openMail } from '../../platform/mail.ts'
import { administration } from '../administration/query.ts'
import { createApp } from '../server.tsx'
import { examine } from './examine.ts'
import { versionFinding } from './versions.ts'

describe('the doctor', () => {
  let house: Awaited<ReturnType<typeof openTestHouse>>
  let world: World
  /** The world’s clock stands on its day; so does the machine’s, for once. */
  const today = () => new Date(house.clock.now().getTime() + 60_000)
  const lookAt = async (name: string, ask: Parameters<typeof examine>[1] = {}) =>
    (await examine(house, { machine: today(), ...ask })).find((finding) => finding.name === name)!

  beforeAll(async () => {
    house = await openTestHouse()
    world = await makeWorld(house)
    const viewer = world.people.priya!()
    const roll = await pupilsForMatching(viewer, [world.schools.saltmarsh], 2025, '2026-03-13')
    const file = `${house.config.data}/marks.csv`
    writeFileSync(file, ['UPN,Reading', ...roll.map((pupil, at) => `${pupil.upn},${90 + at}`)].join('\n'))
    await runImport(viewer, { file, school: world.schools.saltmarsh, drop: world.drop })
  })
  afterAll(() => house.close())

  it('finds a house that is well, well: only the server’s clock stands on another day than the world’s', async () => {
    const findings = await examine(house, { machine: today() })
    const trouble = findings.filter((finding) => !finding.well).map(({ name }) => name)
    expect(trouble).toEqual(['Clock'])
    expect(findings.map(({ name }) => name)).toContain('Lake of tidewell')
  })

  it('says what an old Node needs', () => {
    expect(versionFinding('20.1.0')).toMatchObject({ well: false })
    expect(versionFinding('24.0.0')).toMatchObject({ well: true })
  })

  it('names a folder that others can read, and how to close it', async () => {
    chmodSync(house.config.data, 0o755)
    expect(await lookAt('Folder')).toMatchObject({
      well: false,
      words: expect.stringMatching(/chmod -R o-rwx/),
    })
    chmodSync(house.config.data, 0o700)
    expect((await lookAt('Folder')).well).toBe(true)
  })

  it('tells a clock that is an hour slow by what was written last', async () => {
    const real = await examine(house, { machine: new Date() })
    expect(real.find(({ name }) => name === 'Clock')!.well).toBe(true)
    const { rows } = await house.database.executeSql('select now() as now')
    const slow = new Date(new Date((rows as { now: string }[])[0]!.now).getTime() - 3_600_000)
    expect(await lookAt('Clock', { machine: slow })).toMatchObject({
      well: false,
      words: expect.stringMatching(/60 minutes apart/),
    })
  })

  it('finds a mail server that does not answer, in the server’s words', async () => {
    const mail = openMail({
      smtpUrl: 'smtp://127.0.0.1:9',
      from: 'a@tidewell.example',
      outbox: house.config.data,
      clock: house.clock,
    })
    expect(await mail.check()).toMatch(/ECONNREFUSED/)
    mail.close()
    expect(await lookAt('E-mail')).toMatchObject({ well: true, words: expect.stringMatching(/outbox/) })
  })

  it('finds a sealed file that was cut short, and with --thorough one that was changed in its length', async () => {
    const [first, second] = await snapshotFiles(world.people.priya!(), 1)
    const { size } = await import('node:fs').then(({ statSync }) => statSync(house.lake.path(first!.path)))
    writeFileSync(house.lake.path(first!.path), Buffer.alloc(size, 7))
    expect((await lookAt('Lake of tidewell')).well).toBe(true)
    expect(await lookAt('Lake of tidewell', { thorough: true })).toMatchObject({
      well: false,
      words: expect.stringContaining(first!.path),
    })
    truncateSync(house.lake.path(second!.path), 10)
    expect(await lookAt('Lake of tidewell')).toMatchObject({
      well: false,
      words: expect.stringMatching(/^1 file of 2 in snapshot 1 missing or damaged/),
    })
  })

  it('is a page for those who run the system, and not there for anybody else', async () => {
    const found = await administration(world.people.priya!())
    expect(found.findings[0]!.well).toBe(false)
    expect(found.stores.map(({ name }) => name)).toContain('Sealed files')
    for (const viewer of [world.people.ruth!(), world.people.helen!()])
      await expect(administration(viewer)).rejects.toThrow(NotHere)
    const app = await createApp(house)
    expect((await app.request('/system')).headers.get('location')).toMatch(/^\/sign-in/)
  })

  it('shows a stranger their own trust’s work alone', async () => {
    await house.jobs.start(world.people.priya!(), 'a-name-of-ours', {})
    const theirs = await house.jobs.recent(world.stranger, 50)
    expect(theirs.map(({ name }) => name)).not.toContain('a-name-of-ours')
  })
})
