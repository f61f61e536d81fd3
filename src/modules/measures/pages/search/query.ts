import { type FigureKey, figurePath } from '../../../../kernel/figure.ts'
import { mayAnywhere } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { audit } from '../../../access/index.ts'
import { type FoundPupil, type School, searchPupils, searchSchools } from '../../../organisation/index.ts'
import type { Measure } from '../../domain/measure.ts'
import { measuresOf } from '../../queries/measures.ts'
import { remember } from '../remember.ts'
import { readAt } from '../school/query.ts'
import { type Setting, settingOf } from '../setting.ts'

export interface FoundFigure {
  readonly name: string
  readonly path: string
}

export interface SearchPage {
  readonly setting: Setting
  readonly words: string
  readonly schools: readonly School[]
  readonly measures: readonly Measure[]
  readonly figures: readonly FoundFigure[]
  readonly pupils: readonly FoundPupil[]
  readonly mayFindPupils: boolean
}

const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’']/g, '').toLowerCase()

/** Schools, measures, figures and, for who may see them, pupils that hold every word. Finding pupils is recorded. */
export async function searchPage(viewer: Viewer, words: string): Promise<SearchPage> {
  const setting = await settingOf(viewer)
  const asked = folded(words).split(/\s+/).filter(Boolean).slice(0, 8)
  const mayFindPupils = mayAnywhere(viewer, 'see pupils')
  const empty = { setting, words, schools: [], measures: [], figures: [], pupils: [], mayFindPupils }
  if (asked.length === 0) return empty
  const [schools, all, pupils] = await Promise.all([
    searchSchools(viewer, words),
    remember(viewer, `measures|${setting.stamp}`, () => measuresOf(viewer)),
    searchPupils(viewer, words),
  ])
  if (pupils.length)
    await audit(viewer, {
      deed: 'searched pupils',
      subject: 'organisation.pupil',
      id: 'search',
      detail: { words, found: pupils.map(({ pupil }) => pupil) },
    })
  const seen = schools.filter((school) => setting.schools.some((one) => one.id === school.id))
  const measures = all.filter((measure) => holds(`${measure.name} ${measure.shortName} ${measure.id}`, asked))
  return { ...empty, schools: seen, measures, figures: figuresFor(setting, all, asked), pupils }
}

const holds = (text: string, asked: readonly string[]): boolean => {
  const whole = folded(text)
  return asked.every((word) => whole.includes(word))
}

/** `reading saltmarsh` is the figure of that measure there, at the newest drop. */
function figuresFor(setting: Setting, measures: readonly Measure[], asked: readonly string[]): FoundFigure[] {
  if (asked.length < 2) return []
  const places = [
    { slug: setting.trust.slug, name: setting.trust.name, phase: undefined },
    ...setting.schools.map(({ slug, shortName, phase }) => ({ slug, name: shortName, phase })),
  ]
  return measures
    .flatMap((measure) => {
      const drop = measure.drops === 'statutory' ? setting.results : setting.drop
      if (!drop || !measure.headline || !readAt(measure, drop)) return []
      return places
        .filter(({ phase }) => phase === undefined || measure.phases.includes(phase))
        .filter(({ name }) => {
          const [where, what] = [folded(name), folded(`${measure.name} ${measure.shortName}`)]
          return (
            asked.some((word) => where.includes(word)) &&
            asked.some((word) => what.includes(word)) &&
            asked.every((word) => where.includes(word) || what.includes(word))
          )
        })
        .map(({ slug, name }): FoundFigure => {
          const key: FigureKey = {
            measure: measure.id,
            place: slug,
            year: measure.year,
            group: 'all',
            period: drop.code,
            snapshot: setting.snapshot,
          }
          return { name: `${measure.name}, ${name}`, path: figurePath(key) }
        })
    })
    .slice(0, 12)
}
