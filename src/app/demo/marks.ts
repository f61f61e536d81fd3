import { assessments, scales } from './assessments.ts'
import { gcsesOf, taughtWith } from './classes.ts'
import type { DemoPupil } from './demo-pupil.ts'
import { type DemoWorld, type OnRoll, onRollAt } from './demo-world.ts'
import { luck, normalLuck } from './dice.ts'
import type { DemoDrop } from './drops.ts'
import { gradeGaps, gradeSpread, meanGrade, scaledScore } from './national.ts'
import { plantedJump, plantedResults, plantedSameMarks } from './planted.ts'

/** One result as a teacher would write it, with where it belongs. */
export interface Mark {
  readonly on: OnRoll
  readonly assessment: string
  readonly subject: string
  readonly class: number
  readonly raw: string
}

type Core = 'reading' | 'writing' | 'mathematics'
const gcseSubjects = [
  ...new Set(assessments.filter((one) => one.code.startsWith('gcse-')).map((one) => one.subject)),
]
const primaryYears = ['1', '2', '3', '4', '5', '6']

/** How well the schools of this world do, worked out backwards from how they should come out in the drop that is open. */
export interface Levels {
  /** By school and subject, in standard deviations; by school and `grades`, in grades. */
  readonly of: ReadonlyMap<string, number>
  /** By pupil and subject, from a drop on: what was planted. */
  readonly planted: ReadonlyMap<string, { readonly add: number; readonly since: number }>
}

const ability = (pupil: DemoPupil, subject: Core) =>
  subject === 'reading' ? pupil.reading : subject === 'writing' ? pupil.writing : pupil.maths

const coreNumber: Record<Core, number> = { reading: 1, writing: 2, mathematics: 3 }

/** A pupil's standing in a subject at a drop, without what the school adds: the same each time it is asked. */
const standing = (pupil: DemoPupil, subject: Core, drop: number) =>
  ability(pupil, subject) * 0.97 + 0.25 * normalLuck(pupil.key, coreNumber[subject], drop)

const bySoMany = (termsAgo: number) => Math.min(termsAgo, 2) + 0.25 * Math.max(0, termsAgo - 2)

/** What must be added to all so that the share wanted reaches the standard. */
function addedFor(subject: Core, values: readonly number[], share: number): number {
  const order = values.toSorted((a, b) => b - a)
  const reach = Math.max(1, Math.min(order.length - 1, Math.round(share * order.length)))
  const edge = (order[reach - 1]! + order[reach]!) / 2
  return (subject === 'writing' ? 0 : (99.5 - scaledScore.mean) / scaledScore.deviation) - edge
}

const openDrop = (world: DemoWorld) => world.drops.length - 1

export function levelsOf(world: DemoWorld): Levels {
  const of = new Map<string, number>()
  const planted = new Map<string, { add: number; since: number }>()
  const now = openDrop(world)
  const rolls = onRollAt(world, world.drops[now]!)
  world.schools.forEach((school, at) => {
    const oldest = rolls[at]!.filter((on) => on.yearGroup === school.intake.years.at(-1))
    for (const subject of ['reading', 'writing', 'mathematics'] as const) {
      const share = school.intake.at[subject]
      if (share === undefined) continue
      const level = addedFor(
        subject,
        oldest.map((on) => standing(on.pupil, subject, now)),
        share,
      )
      of.set(`${at} ${subject}`, level)
      for (const effect of plantedResults.filter(
        (one) => one.school === school.slug && one.subject === subject,
      )) {
        const group = rolls[at]!.filter(
          (on) =>
            on.yearGroup === effect.year &&
            (effect.group === 'all' || (effect.group === 'eal' ? on.pupil.eal : on.pupil.disadvantaged)),
        )
        const since = world.drops.findIndex((drop) => drop.code === effect.since)
        const add =
          addedFor(
            subject,
            group.map((on) => standing(on.pupil, subject, now)),
            effect.share,
          ) - level
        for (const on of group) planted.set(`${on.pupil.key} ${subject}`, { add, since })
      }
    }
    const both = school.intake.at['english and maths']
    if (both !== undefined) of.set(`${at} grades`, gradeLevelFor(oldest, both, now))
  })
  return { of, planted }
}

const subjectNumber = (subject: string) => gcseSubjects.indexOf(subject) + 10

function gradeStanding(pupil: DemoPupil, subject: string, drop: number): number {
  const ks2 = ((pupil.ks2?.reading ?? 103) + (pupil.ks2?.maths ?? 103)) / 2
  const english = subject.startsWith('english')
  const girl =
    pupil.sex === 'F'
      ? english
        ? gradeGaps.girlsEnglish
        : subject === 'mathematics'
          ? gradeGaps.girlsMaths
          : 0.1
      : english
        ? -0.25
        : subject === 'mathematics'
          ? 0.14
          : -0.1
  const sen = pupil.facts.some((fact) => fact.kind === 'sen-provision')
  return (
    meanGrade(subject, ks2) +
    (pupil.disadvantaged ? gradeGaps.disadvantaged : gradeGaps.others) +
    (pupil.eal ? gradeGaps.eal : -0.06) +
    (sen ? gradeGaps.sen : 0.08) +
    girl +
    gradeSpread.ofPupil * pupil.steady +
    gradeSpread.ofSubject *
      normalLuck(pupil.key, subjectNumber(english ? 'english-language' : subject)) *
      (english ? 0.8 : 1) +
    (english ? 0.5 * normalLuck(pupil.key, subjectNumber(subject), 7) : 0) +
    0.2 * normalLuck(pupil.key, subjectNumber(subject), 50 + drop)
  )
}

/** Grades that all gain, so that the share wanted has grade 5 or more in English and maths. */
function gradeLevelFor(on: readonly OnRoll[], share: number, drop: number): number {
  const wanted = Math.round(share * on.length)
  const meets = (level: number) =>
    on.filter(({ pupil }) => {
      const grade = (subject: string) => Math.round(gradeStanding(pupil, subject, drop) + level)
      return (
        Math.max(grade('english-language'), grade('english-literature')) >= 5 && grade('mathematics') >= 5
      )
    }).length
  let low = -3
  let high = 3
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2
    if (meets(middle) < wanted) low = middle
    else high = middle
  }
  return high
}

const limits = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** A code that stands where a result would, for one in a hundred; nothing at all for fewer. */
function missing(pupil: DemoPupil, subject: number, drop: number): string | undefined {
  const chance = luck(pupil.key, subject, drop, 99)
  return chance < 0.011 ? 'A' : chance < 0.016 ? '' : undefined
}

const scoreText = (pupil: DemoPupil, value: number): string => {
  const score = Math.round(scaledScore.mean + scaledScore.deviation * value)
  if (score < 80 && pupil.facts.some((fact) => fact.kind === 'sen-provision')) return 'B'
  return String(limits(score, 80, 120))
}

const writingText = (value: number): string =>
  value >= 1.7 ? 'GDS' : value >= 0 ? 'EXS' : value >= -1.75 ? 'WTS' : 'PK'

const gradeText = (subject: string, value: number): string => {
  if (subject !== 'combined-science') return value < 0.5 ? 'U' : String(limits(Math.round(value), 1, 9))
  const halves = limits(Math.round(value * 2), 1, 18)
  if (halves < 2) return 'U'
  return halves % 2 ? `${(halves + 1) / 2}-${(halves - 1) / 2}` : `${halves / 2}-${halves / 2}`
}

/** All results of a school at a drop, pupil by pupil. */
export function marksOf(
  world: DemoWorld,
  levels: Levels,
  dropNumber: number,
  school: number,
  roll: readonly OnRoll[],
): Mark[] {
  const drop = world.drops[dropNumber]!
  const { phase } = world.schools[school]!
  return roll.flatMap((on) => {
    if (phase === 'special') return drop.kind === 'termly' ? nextSteps(on, dropNumber, drop) : []
    if (phase === 'secondary') return secondaryMarks(world, levels, dropNumber, school, on)
    return primaryMarks(world, levels, dropNumber, school, on)
  })
}

function primaryMarks(
  world: DemoWorld,
  levels: Levels,
  dropNumber: number,
  school: number,
  on: OnRoll,
): Mark[] {
  const drop = world.drops[dropNumber]!
  const statutory = drop.kind === 'statutory'
  if (statutory ? on.yearGroup !== '6' : !primaryYears.includes(on.yearGroup)) return []
  const { intake, slug } = world.schools[school]!
  const cohort = drop.academicYear - Number(on.yearGroup)
  const isCalibrated = cohort === world.drops.at(-1)!.academicYear - 6
  const value = (subject: Core) => {
    const effect = levels.planted.get(`${on.pupil.key} ${subject}`)
    return (
      standing(on.pupil, subject, dropNumber) +
      levels.of.get(`${school} ${subject}`)! -
      intake.drift * bySoMany(drop.termsAgo) +
      (isCalibrated ? 0 : 0.1 * normalLuck(school, cohort, coreNumber[subject])) +
      (effect && dropNumber >= effect.since ? effect.add : 0)
    )
  }
  const className = world.classes[on.form]?.name
  const marks: Mark[] = []
  const add = (assessment: string, subject: string, number: number, text: () => string) => {
    const gap = missing(on.pupil, number, dropNumber)
    if (gap === '') return
    marks.push({ on, assessment, subject, class: on.form, raw: gap ?? text() })
  }
  const reading = value('reading')
  const writing = value('writing')
  const maths = value('mathematics')
  const jump =
    !statutory &&
    slug === plantedJump.school &&
    on.yearGroup === plantedJump.year &&
    drop.code === plantedJump.drop
      ? plantedJump.points / scaledScore.deviation
      : 0
  const same =
    slug === plantedSameMarks.school &&
    className === plantedSameMarks.form &&
    drop.code === plantedSameMarks.drop
  add(statutory ? 'ks2-reading' : 'reading-scaled', 'reading', 1, () => scoreText(on.pupil, reading))
  add(statutory ? 'ks2-writing' : 'writing-teacher', 'writing', 2, () =>
    same ? plantedSameMarks.raw : writingText(writing),
  )
  add(statutory ? 'ks2-maths' : 'maths-scaled', 'mathematics', 3, () => scoreText(on.pupil, maths + jump))
  if (statutory)
    add('ks2-gps', 'gps', 4, () =>
      scoreText(on.pupil, (reading + writing + maths) / 3 + 0.4 * normalLuck(on.pupil.key, 4, dropNumber)),
    )
  return marks
}

/** What teachers see in a Year 10 pupil now is less than the pupil will have in the end. */
const yearTenYet = -0.75

function secondaryMarks(
  world: DemoWorld,
  levels: Levels,
  dropNumber: number,
  school: number,
  on: OnRoll,
): Mark[] {
  const drop = world.drops[dropNumber]!
  const statutory = drop.kind === 'statutory'
  if (on.yearGroup !== '11' && (statutory || on.yearGroup !== '10')) return []
  const { intake } = world.schools[school]!
  const cohort = drop.academicYear - Number(on.yearGroup)
  const isCalibrated = cohort === world.drops.at(-1)!.academicYear - 11
  const level =
    levels.of.get(`${school} grades`)! -
    intake.drift * 2 * bySoMany(drop.termsAgo) +
    (on.yearGroup === '10' ? yearTenYet : 0) +
    (isCalibrated ? 0 : 0.12 * normalLuck(school, cohort, 9))
  return gcsesOf(on.pupil).flatMap((subject): Mark[] => {
    const code = statutory
      ? `gcse-${subject === 'mathematics' ? 'maths' : subject}`
      : `${subject === 'mathematics' ? 'maths' : subject}-grade`
    const gap = missing(on.pupil, subjectNumber(subject), dropNumber)
    if (gap === '') return []
    const raw = gap ?? gradeText(subject, gradeStanding(on.pupil, subject, dropNumber) + level)
    return [{ on, assessment: code, subject, class: on.classes[taughtWith(subject)] ?? on.form, raw }]
  })
}

const nextSteps = (on: OnRoll, dropNumber: number, drop: DemoDrop): Mark[] =>
  (['next-steps-reading', 'next-steps-communication'] as const).flatMap((assessment, at) => {
    const chance = luck(on.pupil.key, 200 + at, dropNumber) + 0.015 * drop.termsAgo
    if (chance > 0.985) return [{ on, assessment, subject: assessment, class: on.form, raw: 'A' }]
    const raw = chance < 0.12 ? 'EX' : chance < 0.79 ? 'M' : chance < 0.92 ? 'PM' : 'NY'
    return [{ on, assessment, subject: assessment, class: on.form, raw }]
  })

export interface Graded {
  readonly value: number | null
  readonly grade: string | null
  readonly status: string
  readonly expected: boolean | null
  readonly higher: boolean | null
}

const scaleOf = new Map(
  assessments.map((one) => [one.code, scales.find((scale) => scale.code === one.scale)!]),
)

/** What a raw text is worth on the scale of its assessment. */
export function graded(assessment: string, raw: string): Graded {
  const scale = scaleOf.get(assessment)!
  const grade = scale.grades.find((one) => one.code === raw)
  if (!grade) {
    const value = Number(raw)
    return {
      value,
      grade: null,
      status: 'result',
      expected: value >= scale.expected!,
      higher: value >= scale.higher!,
    }
  }
  const status = grade.status ?? 'result'
  if (status === 'result')
    return {
      value: grade.points ?? null,
      grade: raw,
      status,
      expected: grade.expected ?? false,
      higher: grade.higher ?? false,
    }
  return {
    value: null,
    grade: raw,
    status,
    expected: status === 'below test' ? false : null,
    higher: status === 'below test' ? false : null,
  }
}

/** Key stage 2 results that pupils take with them to their next school: read from the results drops of this world. */
export function rememberKeyStage2(world: DemoWorld, levels: Levels): void {
  world.drops.forEach((drop, number) => {
    if (drop.kind !== 'statutory') return
    onRollAt(world, drop).forEach((roll, school) => {
      if (world.schools[school]!.phase !== 'primary') return
      for (const on of roll.filter((one) => one.yearGroup === '6')) {
        const marks = marksOf(world, levels, number, school, [on])
        const score = (assessment: string) =>
          Number(marks.find((mark) => mark.assessment === assessment)?.raw)
        const reading = score('ks2-reading')
        const maths = score('ks2-maths')
        if (Number.isFinite(reading) && Number.isFinite(maths)) on.pupil.ks2 = { reading, maths }
      }
    })
  })
}
