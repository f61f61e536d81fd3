import type { Viewer } from '../../../platform/viewer.ts'
import { drops } from '../../evidence/index.ts'
import { figures, measuresOf } from '../../measures/index.ts'
import { schools } from '../../organisation/index.ts'
import { figureName, type Reading, readingOf } from './cited-figure.ts'

/** A figure that can be cited, with the key to do it by. */
export interface FigureToCite extends Reading {
  readonly name: string
  readonly measure: string
  readonly year: string
  readonly group: string
}

const groupsOffered = ['all', 'disadvantaged', 'sen-support', 'eal', 'girls', 'boys']
const most = 40

/**
 * Figures of a school (or with none of the trust) to choose from, by words of their names: `year 4 reading disadvantaged`. Those
 * of fewer than six pupils are not offered, since others read what is confirmed.
 */
export async function figuresToCite(
  viewer: Viewer,
  school: number | null,
  sought: string,
): Promise<FigureToCite[]> {
  const all = await schools(viewer)
  const of = all.find((one) => one.id === school)
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
  const known = (await drops(viewer)).toSorted((a, b) => b.asAt.localeCompare(a.asAt))
  const periods = new Map(
    known.map((drop) => [drop.code, `${drop.name.toLowerCase()} ${drop.asAt.slice(0, 4)}`]),
  )
  const measures = (await measuresOf(viewer)).filter(
    (one) => of === undefined || one.phases.includes(of.phase),
  )
  const termly = known.filter((drop) => drop.kind === 'termly').slice(0, 2)
  const statutory = known.filter((drop) => drop.kind === 'statutory').slice(0, 1)
  const found: FigureToCite[] = []
  const where = of?.shortName ?? 'the trust'
  for (const kind of ['termly', 'statutory'] as const) {
    const at = kind === 'termly' ? termly : statutory
    const asked = measures.filter((one) => one.drops === 'any' || one.drops === kind)
    for (const measure of asked) {
      const years =
        measure.years === 'all'
          ? ['all', 'R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']
          : measure.years
      const named = [...new Set([measure.year, ...years])].filter((year) =>
        groupsOffered.some((group) => fits(figureName(measure, { year, group }, where), words)),
      )
      const groups = groupsOffered.filter((group) =>
        named.some((year) => fits(figureName(measure, { year, group }, where), words)),
      )
      if (named.length === 0 || at.length === 0) continue
      const read = await figures(viewer, {
        measures: [measure.id],
        places: [school === null ? 'trust' : { school }],
        years: named,
        groups,
        periods: at.map((drop) => drop.code),
      })
      const seen = new Set<string>()
      for (const figure of read) {
        const { year, group } = figure.key
        const name = figureName(measure, { year, group }, where)
        if (figure.kind !== 'value' || (figure.population ?? 0) < 6 || !fits(name, words) || seen.has(name))
          continue
        seen.add(name)
        found.push({ name, measure: measure.id, year, group, ...readingOf(measure, figure, periods) })
      }
      if (found.length >= most) return found.slice(0, most)
    }
  }
  return found
}

const fits = (name: string, words: readonly string[]): boolean => {
  const low = name.toLowerCase()
  return words.every((word) => low.includes(word))
}
