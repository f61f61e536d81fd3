import { fold } from './letters.ts'
import { type ReadingScale, readResult } from './read-result.ts'

/** As much of an asked assessment as recognising it takes. */
export interface AskedFor {
  readonly code: string
  readonly name: string
  readonly subject: string
  readonly subjectCode: string
  readonly scale: ReadingScale
}

const short: Readonly<Record<string, string>> = {
  rdg: 'reading',
  read: 'reading',
  rd: 'reading',
  re: 'reading',
  wri: 'writing',
  writ: 'writing',
  wr: 'writing',
  wrt: 'writing',
  ma: 'mathematics',
  mat: 'mathematics',
  math: 'mathematics',
  maths: 'mathematics',
  mth: 'mathematics',
  sci: 'science',
  sc: 'science',
  eng: 'english',
  en: 'english',
  lang: 'language',
  lit: 'literature',
  gg: 'geography',
  geog: 'geography',
  hist: 'history',
  ss: 'scaled',
  scaledscore: 'scaled',
  ta: 'teacher',
  fre: 'french',
  spa: 'spanish',
  comp: 'computing',
  spag: 'gps',
  art: 'art',
  rs: 'religious',
  dt: 'design',
  pe: 'physical',
  mus: 'music',
}
const filler = new Set([
  'score',
  'scores',
  'result',
  'results',
  'grade',
  'mark',
  'the',
  'of',
  'and',
  'in',
  'assessment',
  'test',
  'current',
  'ks1',
  'ks2',
  'ks3',
  'ks4',
  'gcse',
  'a',
  '9',
  '1',
])
const otherwise = new Set([
  'target',
  'predicted',
  'prediction',
  'previous',
  'last',
  'baseline',
  'effort',
  'attitude',
  'atl',
  'behaviour',
  'comment',
  'comments',
  'change',
  'progress',
  'rank',
  'average',
  'mean',
  'total',
  'date',
  'max',
  'raw',
  'notes',
  'teacher name',
  'homework',
  'working',
  'age',
  'percentile',
  'stanine',
  'estimate',
  'estimated',
  'mock',
])
const terms: Readonly<Record<string, string>> = {
  autumn: 'autumn',
  aut: 'autumn',
  spring: 'spring',
  spr: 'spring',
  summer: 'summer',
  sum: 'summer',
}

const tokens = (text: string): string[] =>
  fold(text)
    .split(' ')
    .flatMap((word) =>
      /^(y|yr|year)?\d{1,4}$/.test(word) || word === 'yr' || word === 'year' ? [] : [short[word] ?? word],
    )
    .filter((word) => word !== '')

/** Which of the drop’s assessments a heading, or a text in a long file, means; with the column’s values where headings alone leave two. */
export function assessmentOf<A extends AskedFor>(
  text: string,
  asked: readonly A[],
  term: string,
  values: readonly string[] = [],
): A | undefined {
  const folded = fold(text)
  if (folded === '') return undefined
  const exact = asked.filter((one) => fold(one.code) === folded || fold(one.name) === folded)
  if (exact.length === 1) return exact[0]
  const said = tokens(text)
  const termSaid = said.map((word) => terms[word]).find((found) => found !== undefined)
  if (termSaid && ['autumn', 'spring', 'summer'].includes(fold(term)) && termSaid !== fold(term))
    return undefined
  const meant = said.filter((word) => !filler.has(word) && !terms[word])
  const scored = asked
    .map((one) => ({ one, score: likeness(meant, one) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  if (scored.length === 0) return undefined
  const best = scored.filter(({ score }) => score === scored[0]!.score).map(({ one }) => one)
  if (best.length === 1) return best[0]
  const fitting = best.map((one) => ({ one, fit: fitOf(values, one.scale) })).sort((a, b) => b.fit - a.fit)
  return fitting[0]!.fit > 0.5 && fitting[0]!.fit > fitting[1]!.fit ? fitting[0]!.one : undefined
}

function likeness(meant: readonly string[], { code, name, subject, subjectCode }: AskedFor): number {
  const own = new Set([...tokens(code), ...tokens(name)])
  const subjects = [tokens(subject), tokens(subjectCode)].filter((words) => words.length > 0)
  const about = subjects.some((words) =>
    words.filter((word) => !filler.has(word)).every((word) => meant.includes(word)),
  )
  if (!about) return 0
  if (meant.some((word) => otherwise.has(word) && !own.has(word))) return 0
  const subjectWords = new Set(subjects.flat())
  if (meant.some((word) => ['teacher', 'scaled'].includes(word) && !own.has(word))) return 0
  const shared = meant.filter((word) => own.has(word) || subjectWords.has(word)).length
  return 1 + shared - 0.4 * meant.filter((word) => !own.has(word) && !subjectWords.has(word)).length
}

/** Share of the values that stand on the scale. */
export function fitOf(values: readonly string[], scale: ReadingScale): number {
  const filled = values.filter((value) => value.trim() !== '')
  if (filled.length === 0) return 0
  return filled.filter((value) => readResult(value, scale).kind === 'result').length / filled.length
}
