import { classesOver, type DemoClass } from './classes.ts'
import type { DemoPupil, Stay } from './demo-pupil.ts'
import type { DemoDrop } from './drops.ts'
import type { DemoSchool } from './intakes.ts'
import { rollForward } from './roll-forward.ts'

/** Everything made up, before any of it is written down. */
export interface DemoWorld {
  readonly seed: string
  readonly schools: readonly DemoSchool[]
  readonly drops: readonly DemoDrop[]
  readonly pupils: readonly DemoPupil[]
  readonly classes: readonly DemoClass[]
  /** By `school academicYear pupilKey`: where the class stands in `classes`, the form under `form`. */
  readonly classOf: ReadonlyMap<string, Readonly<Record<string, number>>>
}

export interface OnRoll {
  readonly pupil: DemoPupil
  readonly stay: Stay
  readonly yearGroup: string
  readonly form: number
  readonly classes: Readonly<Record<string, number>>
}

export function imagineWorld(
  seed: string,
  schools: readonly DemoSchool[],
  drops: readonly DemoDrop[],
): DemoWorld {
  const years = [...new Set(drops.map((drop) => drop.academicYear))]
  const pupils = rollForward({ seed, schools, years, until: drops.at(-1)!.asAt })
  const classes = classesOver(schools, pupils, years.at(-1)!)
  const classOf = new Map<string, Record<string, number>>()
  classes.forEach((one, at) => {
    for (const { pupil } of one.members) {
      const key = `${one.school} ${one.academicYear} ${pupil.key}`
      const known = classOf.get(key)
      if (known) known[one.subject ?? 'form'] = at
      else classOf.set(key, { [one.subject ?? 'form']: at })
    }
  })
  return { seed, schools, drops, pupils, classes, classOf }
}

/** Everyone on roll at a school on the day of a drop. */
export function onRollAt(world: DemoWorld, drop: DemoDrop): OnRoll[][] {
  const rolls: OnRoll[][] = world.schools.map(() => [])
  for (const pupil of world.pupils) {
    for (const stay of pupil.stays) {
      if (stay.from > drop.asAt || (stay.to !== null && stay.to < drop.asAt)) continue
      const placed = stay.years.find((year) => year.academicYear === drop.academicYear)
      if (!placed) continue
      const classes = world.classOf.get(`${stay.school} ${drop.academicYear} ${pupil.key}`) ?? {}
      rolls[stay.school]!.push({ pupil, stay, yearGroup: placed.yearGroup, form: classes.form!, classes })
    }
  }
  return rolls
}
