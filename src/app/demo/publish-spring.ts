import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { viewerOf } from '../../modules/access/index.ts'
import { runImport, signOff } from '../../modules/evidence/index.ts'
import type { House } from '../../platform/house.ts'
import { houseOn } from './clock.ts'
import type { DemoWorld } from './demo-world.ts'
import type { Levels } from './levels.ts'
import { type FileStyle, linesOf, styles, wideFile } from './school-files.ts'
import type { Progress, Written } from './write-record.ts'

interface Sending {
  readonly school: string
  readonly file: string
  readonly style: FileStyle
  readonly sent: readonly [day: string, time: string]
  readonly signed: readonly [day: string, time: string]
}

/** Seven of the nine schools, in the order in which they were ready. */
const sendings: readonly Sending[] = [
  {
    school: 'fenwick-road',
    file: 'fenwick-road-spring.csv',
    style: styles.arbor,
    sent: ['2026-03-16', '09:40'],
    signed: ['2026-03-16', '16:10'],
  },
  {
    school: 'estuary-high',
    file: 'Estuary spring DC2.csv',
    style: styles.sims,
    sent: ['2026-03-16', '11:05'],
    signed: ['2026-03-17', '08:20'],
  },
  {
    school: 'harbour-lane',
    file: 'harbour lane spring 2026.csv',
    style: styles.arbor,
    sent: ['2026-03-17', '10:15'],
    signed: ['2026-03-17', '15:45'],
  },
  {
    school: 'the-weir',
    file: 'weir_y10_y11_spring.csv',
    style: styles.bromcom,
    sent: ['2026-03-17', '13:30'],
    signed: ['2026-03-18', '09:00'],
  },
  {
    school: 'st-brannocks',
    file: 'St Brannocks Spring.csv',
    style: styles.sims,
    sent: ['2026-03-18', '08:50'],
    signed: ['2026-03-18', '15:20'],
  },
  {
    school: 'larkfield',
    file: 'larkfield-next-steps.csv',
    style: styles.bromcom,
    sent: ['2026-03-18', '14:35'],
    signed: ['2026-03-19', '08:45'],
  },
  {
    school: 'northquay',
    file: 'NQ Spring assessment point.csv',
    style: styles.sims,
    sent: ['2026-03-19', '10:20'],
    signed: ['2026-03-19', '16:30'],
  },
]

/** Each school's file goes the way that every file goes: read, matched, checked, published by the school and signed off by its head. */
export async function publishSpring(
  house: House,
  world: DemoWorld,
  written: Written,
  levels: Levels,
  absence: readonly number[],
  progress: Progress,
): Promise<void> {
  const drop = world.drops.at(-1)!
  const folder = await mkdtemp(join(tmpdir(), 'throughline-demo-'))
  try {
    for (const sending of sendings) {
      const at = world.schools.findIndex((school) => school.slug === sending.school)
      const school = written.schools[at]!
      progress(`${world.schools[at]!.shortName} sends its spring file …`)
      const { text, mapping } = wideFile(
        linesOf(world, levels, absence, world.drops.length - 1, at),
        sending.style,
      )
      const file = join(folder, sending.file)
      await writeFile(file, text)
      const as = (key: string, [day, time]: readonly [string, string]) =>
        viewerOf(houseOn(house, day, time), written.trust, written.people.get(key)!)
      const run = await runImport(await as(`${sending.school}-data`, sending.sent), {
        file,
        school,
        drop: drop.code,
        mapping,
      })
      if (run.snapshot === null || run.rejected.length > 0)
        throw new Error(
          `${sending.file} was made clean, but ${run.rejected.length} cells were refused: ${JSON.stringify(run.rejected.slice(0, 3))}`,
        )
      await signOff(await as(`${sending.school}-head`, sending.signed), { drop: drop.code, school })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
