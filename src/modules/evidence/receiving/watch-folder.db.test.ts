import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHouse } from '../../../../test/database.ts'
import { makeWorld, type World } from '../../../../test/world.ts'
import { packageOf, zipOf } from '../imports/formats/oneroster/sample.ts'
import { type Stood, takeFromFolder } from './watch-folder.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World
const folder = mkdtempSync(join(tmpdir(), 'throughline-watched-'))
beforeAll(async () => {
  house = await openTestHouse()
  world = await makeWorld(house)
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

const stood: Stood = new Map()
const look = () => takeFromFolder(world.founder, folder, { stood, publishes: true })
const put = (path: string, content: string | Uint8Array) => {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
}

it('takes a file once it stands still, publishes it, and moves it away with a sentence beside it', async () => {
  const line = (score: number) =>
    `UPN,Surname,Forename,Reading scaled score\n${world.upns['Zara Ahmed']},Ahmed,Zara,${score}\n`
  put('199002/marks.csv', line(98))
  put('199002/.hidden', 'x')
  put('199002/half.part', 'x')
  expect(await look()).toEqual([])
  put('199002/marks.csv', line(101))
  const first = await look()
  expect(first).toEqual([])
  expect(await look()).toMatchObject([
    { file: '199002/marks.csv', receipts: [{ state: 'published', snapshot: expect.any(Number) }] },
  ])
  expect(existsSync(join(folder, '199002/marks.csv'))).toBe(false)
  const [note] = readdirSync(join(folder, 'done')).filter((name) => name.endsWith('marks.csv.txt'))
  expect(readFileSync(join(folder, 'done', note!), 'utf8')).toMatch(
    /^marks\.csv: published as snapshot \d+\.\n$/,
  )
  expect(await look()).toEqual([])
})

it('takes a roster for the trust from the top, and says of what it refuses why', async () => {
  put('roster.zip', zipOf(packageOf('1.1')))
  put('Some School/marks.csv', 'a,b\n1,2\n')
  put('saltmarsh/2031-autumn/marks.csv', 'UPN,Reading scaled score\nA,1\n')
  put('199001/broken.csv', '')
  await look()
  const taken = await look()
  expect(
    Object.fromEntries(taken.map(({ file, refused, receipts }) => [file, refused ?? receipts[0]?.state])),
  ).toEqual({
    'roster.zip': 'put in',
    'Some School/marks.csv':
      'The folder “Some School” is named after no school of the trust. Name it by the school’s URN.',
    'saltmarsh/2031-autumn/marks.csv': 'There is no drop 2031-autumn.',
    '199001/broken.csv': expect.stringContaining('empty'),
  })
  expect(readdirSync(join(folder, 'refused')).filter((name) => name.endsWith('.txt'))).toHaveLength(3)
})
