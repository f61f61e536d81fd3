import { gcsesOf, taughtWith } from './classes.ts'
import { type DemoWorld, type OnRoll, onRollAt } from './demo-world.ts'
import { luck, normalLuck } from './dice.ts'
import type { DemoDrop } from './drops.ts'
import type { Levels } from './levels.ts'
import { scaledScore } from './national.ts'
import { plantedJump, plantedSameMarks } from './planted.ts'
import { gradeText, scoreText, writingText } from './raw-marks.ts'
import { type Core, coreNumber, gradeStanding, missing, standing, subjectNumber } from './standing.ts'

/** One result as a teacher would write it, with where it belongs. */
export interface Mark {
  readonly on: OnRoll
  readonly assessment: string
  readonly subject: string
  readonly class: number
  readonly raw: string
}

const primaryYears = ['1', '2', '3', '4', '5', '6']

const bySoMany = (termsAgo: number) => Math.min(termsAgo, 2) + 0.25 * Math.max(0, termsAgo - 2)

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
  if (statutory && on.yearGroup in checkOf) return checkMarks(on, dropNumber)
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

/** The check that each of the younger years sits in summer. */
const checkOf: Readonly<Record<string, readonly [assessment: string, subject: string]>> = {
  R: ['eyfs-good-level', 'early-years'],
  '1': ['phonics-check', 'phonics'],
  '4': ['multiplication-check', 'multiplication'],
}

function checkMarks(on: OnRoll, dropNumber: number): Mark[] {
  const [assessment, subject] = checkOf[on.yearGroup]!
  const { key, reading, writing, maths } = on.pupil
  const gap = missing(on.pupil, 5, dropNumber)
  if (gap === '') return []
  const chance = normalLuck(key, 5, dropNumber)
  const within = (value: number, most: number) => String(Math.min(most, Math.max(0, Math.round(value))))
  const raw =
    on.yearGroup === 'R'
      ? (reading + writing + maths) / 3 + 0.4 * chance > -0.7
        ? 'Y'
        : 'N'
      : on.yearGroup === '1'
        ? within(36 + 4 * reading + 2 * chance, 40)
        : within(23 + 4 * maths + 2 * chance, 25)
  return [{ on, assessment, subject, class: on.form, raw: gap === 'A' ? 'A' : raw }]
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
