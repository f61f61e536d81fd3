import { schoolsWhere } from '../../../kernel/viewer.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { listed } from '../drops/domain/sentences.ts'
import type { Check, Finding } from './finding.ts'
import { pupils } from './words.ts'

interface OnRoll {
  readonly pupil: number
  readonly school: number
  readonly surname: string
  readonly forename: string
  readonly local_id: string | null
  readonly born: string | null
  readonly year_group: string | null
}

/** What is asked of the pupils' record itself, which holds names: only for those who may see pupils. */
export const recordChecks: readonly Omit<Check, 'sql' | 'ask'>[] = [
  {
    id: 'same pupil twice',
    title: 'Duplicate pupils',
    looksFor: 'Two pupils of one school with the same name and the same birthday.',
    weight: 'answer',
    standing: true,
  },
  {
    id: 'same number twice',
    title: 'One number, two pupils',
    looksFor: 'Two pupils of one school who share the school’s own pupil number.',
    weight: 'answer',
    standing: true,
  },
  {
    id: 'age and year group',
    title: 'A year group that does not fit the age',
    looksFor: 'Pupils two years or more older or younger than their year group usually is.',
    weight: 'answer',
    standing: true,
  },
]

const kept = new Map<string, Promise<Finding[]>>()
const most = 40

/**
 * Questions about the pupils on roll on the drop's day, at the schools named. Row-level security hides the rest. Going
 * through thousands of pupils takes a while, so the answer is kept until anything the viewer reaches is changed.
 */
export async function askOfRecord(
  viewer: Viewer,
  drop: Drop,
  schools: readonly number[],
): Promise<Finding[]> {
  if (!schools.length) return []
  const key = JSON.stringify([
    viewer.house.config.data,
    viewer.trust,
    schoolsWhere(viewer, 'see pupils'),
    schools,
    drop.id,
    await lastChange(viewer),
  ])
  const known = kept.get(key)
  if (known) return known
  const made = read(viewer, async (db) => {
    const roll = await rollIn(db, viewer, drop, schools)
    return [...samePupil(roll), ...sameNumber(roll), ...wrongAge(roll, drop)]
  })
  kept.set(key, made)
  made.catch(() => kept.delete(key))
  if (kept.size > most) kept.delete(kept.keys().next().value!)
  return made
}

/** Every write leaves a line of history in its own transaction. */
const lastChange = (viewer: Viewer) =>
  read(viewer, async (db) =>
    db
      .selectFrom('platform.history')
      .where('trust_id', '=', viewer.trust)
      .orderBy('history_id', 'desc')
      .limit(1)
      .select('history_id')
      .executeTakeFirst(),
  )

const rollIn = (db: Reading, viewer: Viewer, drop: Drop, schools: readonly number[]): Promise<OnRoll[]> =>
  db
    .selectFrom('organisation.enrolment as e')
    .innerJoin('organisation.pupil as p', (on) =>
      on.onRef('p.trust_id', '=', 'e.trust_id').onRef('p.pupil_id', '=', 'e.pupil_id'),
    )
    .leftJoin('organisation.year_placement as y', (on) =>
      on
        .onRef('y.trust_id', '=', 'e.trust_id')
        .onRef('y.school_id', '=', 'e.school_id')
        .onRef('y.pupil_id', '=', 'e.pupil_id')
        .on('y.academic_year', '=', drop.academicYear),
    )
    .where('e.trust_id', '=', viewer.trust)
    .where('e.school_id', 'in', [...schools])
    .where('e.from_day', '<=', drop.asAt)
    .where((is) => is.or([is('e.to_day', 'is', null), is('e.to_day', '>=', drop.asAt)]))
    .distinctOn(['e.school_id', 'e.pupil_id'])
    .select([
      'e.school_id as school',
      'e.pupil_id as pupil',
      'p.surname',
      'p.forename',
      'p.local_id',
      'p.born',
      'y.year_group',
    ])
    .orderBy('e.school_id')
    .orderBy('e.pupil_id')
    .execute()

const nameOf = (one: OnRoll) => `${one.forename} ${one.surname}`.trim()

const shared = (roll: readonly OnRoll[], key: (one: OnRoll) => string | undefined): OnRoll[][] =>
  [...Map.groupBy(roll, (one) => `${one.school}|${key(one) ?? `alone ${one.pupil}`}`).values()].filter(
    (same) => new Set(same.map((one) => one.pupil)).size > 1,
  )

function samePupil(roll: readonly OnRoll[]): Finding[] {
  const same = shared(roll, (one) =>
    one.surname && one.born ? `${nameOf(one).toLowerCase()}|${one.born}` : undefined,
  )
  return same.map((ones) => ({
    key: `same pupil twice|${ones[0]!.school}|${ones.map((one) => one.pupil).join('+')}`,
    check: 'same pupil twice',
    weight: 'answer',
    school: ones[0]!.school,
    question: `${nameOf(ones[0]!)} is on the roll ${ones.length === 2 ? 'twice' : `${ones.length} times`}, with the same birthday. Is it one pupil, or twins with one name?`,
    where: [
      ...new Set(ones.map((one) => one.year_group && yearGroupName(one.year_group)).filter(Boolean)),
    ].join(', '),
    n: ones.length,
    of: null,
  }))
}

/** The number in the file: the second pupil under one number was given `86 (2)` by the import. */
const numberOf = (one: OnRoll): string | undefined => one.local_id?.replace(/ \(\d+\)$/, '')

function sameNumber(roll: readonly OnRoll[]): Finding[] {
  const same = shared(roll, numberOf)
  return same.map((ones) => ({
    key: `same number twice|${ones[0]!.school}|${numberOf(ones[0]!)}`,
    check: 'same number twice',
    weight: 'answer',
    school: ones[0]!.school,
    question: `The school’s number ${numberOf(ones[0]!)} stands for ${pupils(ones.length)}${ones.some(nameOf) ? ` (${listed(ones.map(nameOf).filter(Boolean), 4)})` : ''}. Which of them is it?`,
    where: `number ${numberOf(ones[0]!)}`,
    n: ones.length,
    of: null,
  }))
}

/** Age on 31 August before the year begins, less the year's number: 5 for nearly everyone (Reception counts as 0). */
function wrongAge(roll: readonly OnRoll[], drop: Drop): Finding[] {
  const odd = roll.filter((one) => {
    const year = one.year_group === 'R' ? 0 : Number(one.year_group)
    if (!one.born || !one.year_group || !Number.isInteger(year)) return false
    const [born, month] = one.born.split('-').map(Number) as [number, number]
    const age = drop.academicYear - born - (month >= 9 ? 1 : 0)
    return Math.abs(age - year - 4) >= 2
  })
  return [...Map.groupBy(odd, (one) => one.school)].map(([school, ones]) => ({
    key: `age and year group|${school}|${ones.map((one) => one.pupil).join('+')}`,
    check: 'age and year group',
    weight: 'answer',
    school,
    question: `${listed(
      ones.map((one) => nameOf(one) || 'A pupil'),
      4,
    )} ${ones.length === 1 ? 'is' : 'are'} two years or more from the usual age of ${listed([...new Set(ones.map((one) => yearGroupName(one.year_group!)))], 4)}. Is the birthday or the year group recorded wrongly?`,
    where: 'pupils’ record',
    n: ones.length,
    of: null,
  }))
}
