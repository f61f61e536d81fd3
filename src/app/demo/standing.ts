import { assessments } from './assessments.ts'
import type { DemoPupil } from './demo-pupil.ts'
import { luck, normalLuck } from './dice.ts'
import { gradeGaps, gradeSpread, meanGrade } from './national.ts'

export type Core = 'reading' | 'writing' | 'mathematics'

const gcseSubjects = [
  ...new Set(assessments.filter((one) => one.code.startsWith('gcse-')).map((one) => one.subject)),
]

const ability = (pupil: DemoPupil, subject: Core) =>
  subject === 'reading' ? pupil.reading : subject === 'writing' ? pupil.writing : pupil.maths

export const coreNumber: Record<Core, number> = { reading: 1, writing: 2, mathematics: 3 }

/** A pupil's standing in a subject at a drop, without what the school adds: the same each time it is asked. */
export const standing = (pupil: DemoPupil, subject: Core, drop: number) =>
  ability(pupil, subject) * 0.97 + 0.25 * normalLuck(pupil.key, coreNumber[subject], drop)

/** Every GCSE subject has a luck of its own. */
export const subjectNumber = (subject: string) => gcseSubjects.indexOf(subject) + 10

/** A pupil's standing in a GCSE subject, in grades, without what the school adds. */
export function gradeStanding(pupil: DemoPupil, subject: string, drop: number): number {
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

/** A code that stands where a result would, for one in a hundred; nothing at all for fewer. */
export function missing(pupil: DemoPupil, subject: number, drop: number): string | undefined {
  const chance = luck(pupil.key, subject, drop, 99)
  return chance < 0.011 ? 'A' : chance < 0.016 ? '' : undefined
}
