import type { Figure } from '../../../../kernel/figure.ts'
import { yearGroupOrder } from '../../../../kernel/year-group.ts'
import type { Measure, Phase } from '../../domain/measure.ts'
import type { FigureIndex } from '../figure-index.ts'
import { type DropSeen, type SchoolSeen, type Setting, schoolsAt } from '../setting.ts'
import { domainOver, endsOf, nationalOf } from '../shown.ts'

/** A measure as a column: with its lines and its scale. */
export interface PanelColumn {
  readonly measure: Measure
  readonly year: string
  readonly national?: { readonly value: number; readonly label: string }
  readonly trust?: Figure
  readonly domain: readonly [number, number]
}

/** Schools of one phase on the same measures. */
export interface Panel {
  readonly phase: Phase
  readonly drop: DropSeen
  readonly columns: readonly PanelColumn[]
  readonly rows: readonly { readonly school: SchoolSeen; readonly figures: readonly (Figure | undefined)[] }[]
}

export const phaseWords: Record<Phase, string> = {
  primary: 'Primary',
  secondary: 'Secondary',
  special: 'Special',
  'all-through': 'All-through',
}

const phaseOrder: readonly Phase[] = ['primary', 'secondary', 'all-through', 'special']

/** Measures of results at the expected standard are read in one year group; the others in their own. */
export const yearOf = (measure: Measure, year: string): string =>
  measure.year === 'all' && measure.topic === 'expected standard' ? year : measure.year

/** Special schools are read in their own assessments and in attendance: the few who sit examinations are on the figures' own pages. */
export const isReadIn = (measure: Measure, phase: Phase): boolean =>
  measure.phases.includes(phase) &&
  (phase !== 'special' || measure.topic === 'attendance' || measure.topic === 'assessments')

/** The year groups in which the trust has a figure of a measure, youngest first. */
export function yearsWith(
  find: FigureIndex,
  measure: string,
  place: string,
  period: string,
  years: readonly string[],
): string[] {
  return years
    .filter((year) => find({ measure, place, year, period })?.kind === 'value')
    .toSorted((a, b) => yearGroupOrder(a) - yearGroupOrder(b))
}

const isDrawn = (figure: Figure | undefined) => figure?.kind === 'value'

/** One table for each phase that has schools; only measures of which some school of the phase has a number. */
export function panelsOf(
  setting: Setting,
  drop: DropSeen,
  measures: readonly Measure[],
  find: FigureIndex,
  year: string,
  most = 5,
): Panel[] {
  return phaseOrder.flatMap((phase): Panel[] => {
    const schools = schoolsAt(setting, drop).filter((school) => school.phase === phase)
    if (schools.length === 0) return []
    const about = measures.filter((measure) => isReadIn(measure, phase))
    const at = (measure: Measure, place: string) =>
      find({ measure: measure.id, place, year: yearOf(measure, year), period: drop.code })
    const with_ = about.filter((measure) => schools.some((school) => isDrawn(at(measure, school.slug))))
    const headline = with_.filter((measure) => measure.headline && measure.topic !== 'attendance')
    const results = headline.length ? headline : with_.filter((measure) => measure.topic === 'assessments')
    const attendance = with_.filter((measure) => measure.headline && measure.topic === 'attendance')
    const shown = [...results.slice(0, most - 1), ...attendance.slice(0, results.length < 3 ? 2 : 1)].slice(
      0,
      most,
    )
    if (shown.length === 0) return []
    const columns = shown.map((measure): PanelColumn => {
      const own = schools.flatMap((school) => at(measure, school.slug) ?? [])
      const mixed =
        measure.topic === 'attendance' && new Set(setting.schools.map((school) => school.phase)).size > 1
      const trust = mixed ? undefined : at(measure, setting.trust.slug)
      const national = nationalOf(measure, drop.academicYear, phase, yearOf(measure, year))
      return {
        measure,
        year: yearOf(measure, year),
        trust,
        ...(national ? { national: { value: national.value, label: national.label } } : {}),
        domain:
          measure.topic === 'assessments'
            ? domainOver(endsOf([...own, ...(trust ? [trust] : [])]), measure.domain)
            : measure.domain,
      }
    })
    const rows = schools.map((school) => ({
      school,
      figures: shown.map((measure) => at(measure, school.slug)),
    }))
    return [{ phase, drop, columns, rows }]
  })
}
