import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { everyFile, latestSnapshot, publishImport, startImport } from '../../evidence/index.ts'
import { erasePupil } from './erase-pupil.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(() => house?.close())

it('a publish that was reading a pupil who is erased meanwhile puts nothing in', async () => {
  const rows = ['Ayesha Rahman', 'Callum Tierney'].map((name) => `${world.upns[name]},4,100`)
  const bytes = Buffer.from(`UPN,Year,Reading\n${rows.join('\n')}\n`)
  const priya = world.people.priya!()
  const id = await startImport(priya, {
    drop: '2026-spring',
    school: world.schools.saltmarsh,
    upload: { name: 'marks.csv', ...(await house.files.keep(bytes)) },
  })
  let erased: Promise<unknown> | undefined
  const tell = async (_: number, words: string) => {
    if (!words.includes('sealing')) return
    erased ??= erasePupil(priya, {
      pupil: world.pupils['Ayesha Rahman']!,
      reason: 'Recorded by mistake: never came.',
      figures: 'without them',
      typed: 'Ayesha Rahman',
    })
    await erased
  }
  await expect(publishImport(priya, id, tell)).rejects.toThrow(/let go while this file was being published/)
  expect(erased).toBeDefined()
  expect(await latestSnapshot(priya)).toBe(0)
  expect(await everyFile(world.founder, [world.schools.saltmarsh])).toEqual([])
})
