import { viewerOf } from '../../modules/access/index.ts'
import type { House } from '../../platform/house.ts'
import { absenceLevels } from './attendance.ts'
import { type DemoWorld, imagineWorld } from './demo-world.ts'
import { largeDrops, tidewellDrops } from './drops.ts'
import { writeFactsOfTheYear } from './facts-of-the-year.ts'
import { largeTrust, tidewellWithIntakes } from './intakes.ts'
import { levelsOf } from './levels.ts'
import { rememberKeyStage2 } from './marks.ts'
import { demoPeople, otherPeople, peopleOfLargeTrust } from './people.ts'
import { publishSpring } from './publish-spring.ts'
import { rememberColumns } from './remember-columns.ts'
import { writeSampleFiles } from './sample-files.ts'
import { tidewell } from './tidewell.ts'
import { writeEvaluations, writeJudgements } from './write-evaluations.ts'
import { type HistorySnapshot, openOn, writeAssessments, writeSnapshot } from './write-history.ts'
import { type DropFile, sealDrop } from './write-lake.ts'
import { writePlans } from './write-plans.ts'
import { type Heads, writePurpose } from './write-purpose.ts'
import { type Progress, type Written, writeRecord } from './write-record.ts'

const tidewellHistory: readonly HistorySnapshot[] = [
  {
    drops: ['2023-autumn', '2024-spring', '2024-summer', '2024-results'],
    day: '2024-09-20',
    time: '16:05',
    note: 'The drops and results of 2023/24, brought in when the trust began with Throughline.',
  },
  {
    drops: ['2024-autumn', '2025-spring', '2025-summer'],
    day: '2025-07-04',
    time: '16:40',
    note: 'The three drops of 2024/25.',
  },
  { drops: ['2025-results'], day: '2025-09-15', time: '11:20', note: 'Published results of summer 2025.' },
  { drops: ['2025-autumn'], day: '2025-12-08', time: '16:42', note: '' },
]

/**
 * Makes the demo trust in an empty house. With `scale`, 50 schools and 40,000 pupils with 18 drops, all of them published.
 * The past goes into the lake in bulk; what is open goes the way that a school's files go.
 */
export async function buildDemo(
  house: House,
  { progress = () => {}, scale = false }: { progress?: Progress; scale?: boolean } = {},
): Promise<void> {
  progress('Imagining the pupils …')
  const world = scale
    ? imagineWorld('large', largeTrust, largeDrops)
    : imagineWorld('tidewell', tidewellWithIntakes, tidewellDrops)
  const levels = levelsOf(world)
  rememberKeyStage2(world, levels)
  const absence = absenceLevels(world)

  const people = scale ? peopleOfLargeTrust : [...demoPeople, ...otherPeople]
  const written = await writeRecord(house, world, tidewell, people, progress, {
    onlyThisYearsClasses: scale,
  })
  await house.database.takeStock()
  await writeAssessments(written.founder)
  const lead = await viewerOf(house, written.trust, written.people.get('priya')!)

  const history: readonly HistorySnapshot[] = scale
    ? world.drops.map((drop) => ({ drops: [drop.code], day: drop.due, time: '16:00', note: '' }))
    : tidewellHistory
  let snapshot = 0
  let lastDrop = 0
  for (const story of history) {
    const drops: { drop: (typeof world.drops)[number]; id: number; files: DropFile[] }[] = []
    for (const code of story.drops) {
      const number = world.drops.findIndex((drop) => drop.code === code)
      const drop = world.drops[number]!
      progress(`${drop.name} ${drop.asAt.slice(0, 4)} …`)
      const id = await openOn(lead, world, written, drop)
      lastDrop = id
      drops.push({ drop, id, files: await sealDrop(house, world, written, levels, absence, number, id) })
    }
    await writeSnapshot(lead, world, written, ++snapshot, story, drops)
    if (!scale) await writeJudgements(snapshot, await headsOf(house, world, written))
  }
  if (scale) return house.database.takeStock()
  await writeFactsOfTheYear(house, lead, world, written, absence, world.drops.at(-2)!)
  progress('What the trust stands for, and its plans …')
  const director = await viewerOf(house, written.trust, written.people.get('amara')!)
  const heads = await headsOf(house, world, written)
  await writePurpose(director, heads)
  await writePlans(director, heads, written.people.get('grace')!)
  await writeEvaluations(director, heads)
  const open = world.drops.length - 1
  await rememberColumns(
    written,
    world.schools.map((school) => school.slug),
    lastDrop,
    world.drops[open - 1]!.due,
  )
  progress('Opening the spring drop …')
  await openOn(lead, world, written, world.drops[open]!)
  await publishSpring(house, world, written, levels, absence, progress)
  progress('Registers, behaviour and exclusions of the year …')
  await writeFactsOfTheYear(house, lead, world, written, absence, world.drops[open]!)
  await writeSampleFiles(house, world, levels, absence)
}

/** The headteachers, each as a viewer with their school. */
async function headsOf(house: House, world: DemoWorld, written: Written): Promise<Heads> {
  const heads: Record<string, Heads[string]> = {}
  for (const [at, { slug }] of world.schools.entries()) {
    const key = slug === 'saltmarsh' ? 'ruth' : `${slug}-head`
    heads[slug] = {
      school: written.schools[at]!,
      viewer: await viewerOf(house, written.trust, written.people.get(key)!),
    }
  }
  return heads
}
