/**
 * What England looks like, as far as the made-up trust must look like it: a few numbers keyed from the Department for
 * Education's publications under the Open Government Licence v3.0.
 */

/** Key stage 2 average scaled score: middle of each band of the transition matrices. */
const ks2Bands = [78, 86, 93, 98, 101, 103.5, 106, 108.5, 111.5, 115, 118.5] as const

/**
 * Mean GCSE grade of pupils in each band, 2023/24 revised, state-funded schools (grade U as 0). Source: DfE, Key stage 4
 * transition matrices, 2024; means worked out from the published counts.
 */
const meanGrades: Readonly<Record<string, readonly number[]>> = {
  'english-language': [2.14, 2.27, 2.96, 3.53, 4.0, 4.42, 4.88, 5.42, 6.05, 6.75, 7.37],
  'english-literature': [2.18, 2.15, 2.87, 3.48, 3.96, 4.38, 4.85, 5.37, 6.0, 6.7, 7.32],
  mathematics: [1.61, 1.55, 2.42, 3.21, 3.78, 4.28, 4.83, 5.49, 6.26, 7.19, 7.99],
  history: [2.06, 1.67, 2.25, 2.8, 3.37, 3.9, 4.53, 5.27, 6.1, 7.01, 7.72],
  geography: [1.84, 1.62, 2.23, 2.87, 3.42, 3.96, 4.6, 5.31, 6.15, 7.08, 7.8],
  biology: [2.39, 1.87, 2.63, 3.5, 4.15, 4.73, 5.3, 5.9, 6.55, 7.3, 7.98],
  spanish: [4.24, 3.0, 3.11, 3.35, 3.59, 3.91, 4.26, 4.77, 5.46, 6.34, 7.17],
  'religious-studies': [2.25, 2.06, 2.76, 3.41, 3.95, 4.47, 5.04, 5.66, 6.39, 7.15, 7.77],
  'art-and-design': [3.2, 3.33, 3.79, 4.14, 4.47, 4.77, 5.11, 5.52, 6.02, 6.57, 7.16],
  business: [2.17, 1.7, 2.32, 2.96, 3.49, 4.01, 4.58, 5.24, 5.96, 6.78, 7.5],
  drama: [2.38, 2.56, 3.13, 3.63, 4.13, 4.54, 4.97, 5.48, 6.11, 6.75, 7.34],
  food: [2.54, 2.56, 3.1, 3.59, 4.02, 4.42, 4.88, 5.43, 6.03, 6.9, 7.48],
  'physical-education': [1.88, 2.01, 2.63, 3.25, 3.81, 4.22, 4.72, 5.28, 5.93, 6.64, 7.34],
  'computer-science': [2.16, 1.12, 1.73, 2.35, 2.93, 3.44, 4.11, 4.89, 5.86, 6.86, 7.72],
}

/** Subjects without a column of their own above go by one that is marked like them. */
const markedLike: Readonly<Record<string, string>> = {
  'combined-science': 'geography',
  chemistry: 'biology',
  physics: 'biology',
  french: 'spanish',
}

/** The grade that pupils with this key stage 2 average got on average, between bands by straight lines. */
export function meanGrade(subject: string, ks2: number): number {
  const means = meanGrades[markedLike[subject] ?? subject]!
  if (ks2 <= ks2Bands[1]) return means[1]!
  const above = ks2Bands.findIndex((middle) => middle >= ks2)
  if (above === -1) return means.at(-1)!
  const share = (ks2 - ks2Bands[above - 1]!) / (ks2Bands[above]! - ks2Bands[above - 1]!)
  return means[above - 1]! * (1 - share) + means[above]! * share
}

/**
 * How far pupils of a group were from all pupils with the same key stage 2 results, in grades, mean of English language and
 * maths. Same source.
 */
export const gradeGaps = {
  disadvantaged: -0.45,
  others: 0.14,
  eal: 0.4,
  sen: -0.46,
  girlsEnglish: 0.25,
  girlsMaths: -0.15,
} as const

/** Spread of grades about the mean of a band: the part a pupil carries through every subject, and the rest. */
export const gradeSpread = { ofPupil: 0.95, ofSubject: 0.95 } as const

/**
 * Absence of pupils, percent of sessions, as a log-normal: middle and spread chosen so that its mean and its share above 10%
 * meet the year to date of 2025/26. Source: DfE, Pupil attendance in schools, 2025/26 to 23 July 2026 (primary 5.28 and
 * 13.8, secondary 8.49 and 23.8, special 13.2 and 36.1).
 */
export const absence = {
  primary: { middle: 3.9, spread: 0.8, authorised: 0.71 },
  secondary: { middle: 5.2, spread: 1.0, authorised: 0.61 },
  special: { middle: 8.0, spread: 1.0, authorised: 0.73 },
} as const

/** Key stage 2 scaled scores: a little above 100 on average, so that three quarters reach it (DfE, Key stage 2 attainment, 2025). */
export const scaledScore = { mean: 105, deviation: 8.5 } as const

/** How far a group stands from others in standard deviations of a scaled score, other things equal; rounded, informed by DfE key stage 2 attainment 2025 by characteristics. */
export const scoreGaps = {
  disadvantaged: -0.38,
  senSupport: -0.8,
  ehcp: -1.7,
  ealReading: -0.12,
  ealMaths: 0.15,
  girlsReading: 0.14,
  girlsWriting: 0.3,
  girlsMaths: -0.1,
} as const
