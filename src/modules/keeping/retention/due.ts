import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { attemptsUpTo, trailUpTo } from '../../access/index.ts'
import { type EvidenceDue, evidenceDue } from '../../evidence/index.ts'
import { describedLeaversUpTo, peopleLeftUpTo, pupilsBornUpTo } from '../../organisation/index.ts'
import { dueSince, lastYearDue, type RecordClass, type Years } from '../domain/record-classes.ts'
import { keepingRules, yearsOf } from './rules.ts'

export interface DueYear {
  /** Academic year where the rule counts those, else the calendar year of birth, of leaving or of the row. */
  readonly year: number
  readonly many: number
  readonly pupils: number
}

export interface DueOfClass {
  readonly class: RecordClass
  readonly many: number
  /** Pupils concerned; in several years the same pupil counts once in each. */
  readonly pupils: number
  readonly byYear: readonly DueYear[]
}

/** What there is to let go, with what is needed to do it. */
export interface Due {
  readonly classes: readonly DueOfClass[]
  readonly pupils: readonly number[]
  readonly described: readonly number[]
  readonly people: readonly number[]
  readonly evidence: EvidenceDue
  readonly years: Years
}

const tally = (rows: readonly { year: number; many?: number; pupil?: number; rows?: number }[]): DueYear[] =>
  [...Map.groupBy(rows, ({ year }) => year)]
    .map(([year, of]) => ({
      year,
      many: of.reduce((sum, one) => sum + (one.many ?? one.rows ?? 1), 0),
      pupils: of.filter((one) => one.pupil !== undefined).length,
    }))
    .toSorted((a, b) => a.year - b.year)

/** What has been kept long enough today, class by class. Changes nothing. @throws NotHere for who may not let records go. */
export async function dueNow(viewer: Viewer): Promise<Due> {
  if (!may(viewer, 'let go')) throw new NotHere()
  const years = yearsOf(await keepingRules(viewer))
  const { today } = viewer
  const since = (name: RecordClass) => (years[name] === null ? undefined : dueSince(today, years[name]))
  const last = (name: RecordClass) => (years[name] === null ? null : lastYearDue(today, years[name]))
  const evidence: EvidenceDue = {
    results: last('results'),
    attendance: last('attendance'),
    conduct: last('conduct'),
    marks: last('marks'),
    files: last('files'),
  }
  const upTo = async <T>(name: RecordClass, ask: (day: string) => Promise<T[]>): Promise<T[]> => {
    const day = since(name)
    return day === undefined ? [] : ask(day)
  }
  const roll = await upTo('roll', (day) => pupilsBornUpTo(viewer, day))
  const described = await upTo('characteristics', (day) => describedLeaversUpTo(viewer, day))
  const people = await upTo('staff', (day) => peopleLeftUpTo(viewer, day))
  const byYear: Record<RecordClass, DueYear[]> = {
    roll: tally(roll),
    characteristics: tally(described),
    results: [],
    attendance: [],
    conduct: [],
    marks: [],
    files: [],
    trail: tally(await upTo('trail', (day) => trailUpTo(viewer, day))),
    'sign-in': tally(await upTo('sign-in', (day) => attemptsUpTo(viewer.house, day))),
    staff: tally(people),
  }
  for (const { class: name, ...row } of await evidenceDue(viewer, evidence)) byYear[name].push(row)
  return {
    classes: (Object.keys(byYear) as RecordClass[]).map((name) => ({
      class: name,
      many: byYear[name].reduce((sum, { many }) => sum + many, 0),
      pupils: byYear[name].reduce((sum, { pupils }) => sum + pupils, 0),
      byYear: byYear[name],
    })),
    pupils: roll.map(({ pupil }) => pupil),
    described: described.map(({ pupil }) => pupil),
    people: people.map(({ person }) => person),
    evidence,
    years,
  }
}
