import { count, whole } from '../../../../kernel/numbers.ts'
import { yearGroupOrder, yearGroups } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { fewestPupils } from '../../domain/scan/adder.ts'
import { figures } from '../../queries/figures.ts'
import { remember } from '../remember.ts'
import type { DropSeen, SchoolSeen } from '../setting.ts'
import { dropWords, listed, sentenceCase, withinSentence, yearWords } from '../words.ts'
import type { LookPage } from './query.ts'

/** Something that the drop can't say, and why it can't. */
export interface Untold {
  readonly what: string
  readonly why: string
}

/** One school and year group in one measure: how many there are, and how many have a result. */
export interface Coverage {
  readonly school: string
  readonly measure: string
  readonly year: string
  /** Undefined where the viewer may not see them. */
  readonly population?: number
  readonly counted?: number
}

/** With a larger share without a result, who is missing could turn the figure round. */
const mostMissing = 0.2

/** Year groups in which so many have no result that the rest can't speak for them, largest share first. */
export function missingIn(coverage: readonly Coverage[]): Untold[] {
  const gaps = coverage
    .map(({ population = 0, counted = 0, ...one }) => ({
      ...one,
      population,
      counted,
      missing: population - counted,
    }))
    .filter(
      ({ missing, population, counted }) =>
        missing >= fewestPupils && counted >= fewestPupils && missing > mostMissing * population,
    )
    .sort((one, other) => other.missing / other.population - one.missing / one.population)
  const same = Map.groupBy(
    gaps,
    ({ school, year, missing, population }) => `${school}|${year}|${missing}|${population}`,
  )
  return [...same.values()].map((some) => {
    const [{ school, year, missing, population }] = some as [(typeof some)[number]]
    return {
      what: `${yearWords(year)} at ${school} in ${listed(some.map(({ measure }) => withinSentence(measure)))}`,
      why: `${missing} of ${population} pupils have no result, and those who have one may not be like them.`,
    }
  })
}

/** Measures that only one school has results in. */
export function aloneIn(coverage: readonly Coverage[]): Untold[] {
  const told = coverage.filter(({ counted = fewestPupils }) => counted >= fewestPupils)
  const alone = [...Map.groupBy(told, ({ measure }) => measure)].flatMap(([measure, some]) => {
    const schools = new Set(some.map(({ school }) => school))
    return schools.size === 1 ? [{ measure, school: [...schools][0]! }] : []
  })
  return [...Map.groupBy(alone, ({ school }) => school)].map(([school, some]) => ({
    what: sentenceCase(`${listed(some.map(({ measure }) => withinSentence(measure)))} at ${school}`),
    why: 'No other school of the trust has results in it at this drop, so there are no similar pupils to hold them against.',
  }))
}

/** Schools without a single result at the drop. */
export function silentIn(
  schools: readonly Pick<SchoolSeen, 'shortName'>[],
  coverage: readonly Coverage[],
  drop: string,
): Untold[] {
  const heard = new Set(coverage.filter(({ counted = 1 }) => counted > 0).map(({ school }) => school))
  const silent = schools.filter(({ shortName }) => !heard.has(shortName))
  if (silent.length === 0) return []
  return [
    {
      what: `Everything at ${listed(silent.map(({ shortName }) => shortName))}`,
      why: `No results ${silent.length === 1 ? 'of this school' : 'of these schools'} are in the figures of ${drop}.`,
    },
  ]
}

const coverageAt = (viewer: Viewer, page: LookPage, drop: DropSeen): Promise<Coverage[]> =>
  remember(viewer, `coverage|${page.setting.snapshot}|${drop.id}`, async () => {
    const results = page.measures.filter(({ topic }) => topic !== 'attendance')
    if (results.length === 0) return []
    const names = new Map(page.setting.schools.map(({ slug, shortName }) => [slug, shortName]))
    const found = await figures(viewer, {
      measures: results.map(({ id }) => id),
      places: ['schools'],
      years: [...yearGroups],
      periods: [drop.code],
      snapshot: page.setting.snapshot,
    })
    const short = new Map(results.map(({ id, shortName }) => [id, shortName]))
    return found.flatMap(({ key, kind, population, of, n }): Coverage[] => {
      if (kind !== 'value' && kind !== 'suppressed' && kind !== 'too few') return []
      return [
        {
          school: names.get(key.place) ?? key.place,
          measure: short.get(key.measure)!,
          year: key.year,
          ...(kind === 'value' ? { population, counted: of ?? n ?? 0 } : {}),
        },
      ]
    })
  })

/** What the list can't tell this viewer about the drop, and why; what concerns most comes first. */
export async function cannotTell(viewer: Viewer, page: LookPage): Promise<Untold[]> {
  const { drop, setting } = page
  if (!drop) return []
  const coverage = (await coverageAt(viewer, page, drop)).toSorted(
    (one, other) => yearGroupOrder(one.year) - yearGroupOrder(other.year),
  )
  const few = page.family - page.tested
  return [
    ...silentIn(setting.schools, coverage, dropWords(drop)),
    ...missingIn(coverage),
    ...aloneIn(coverage),
    ...(page.withoutPrior.length === 0
      ? []
      : [
          {
            what: `How far pupils have come in ${page.withoutPrior.length} of ${count(page.measures.length, 'measure')}`,
            why: `Most have no prior attainment on record in ${listed(page.withoutPrior.map(({ shortName }) => withinSentence(shortName)))}: there they are compared with pupils of the same year group and characteristics, wherever these began.`,
          },
        ]),
    ...(few === 0
      ? []
      : [
          {
            what: count(few, 'more place or group', 'more places and groups'),
            why: `Fewer than ${fewestPupils} pupils each, or nobody like them elsewhere in the trust: chance alone could explain anything that they did.`,
          },
        ]),
    ...(page.tested === 0
      ? []
      : [
          {
            what: 'Whether the trust as a whole does better than others',
            why: `All ${whole(page.tested)} comparisons are with similar pupils within the trust. Where there is a national figure, it stands beside the trust’s.`,
          },
        ]),
  ]
}
