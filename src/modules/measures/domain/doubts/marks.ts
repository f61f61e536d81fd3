import { binomialAbove } from '../distributions/beta.ts'
import { type Doubt, type DoubtPlace, rateOfOthers, totals } from './doubt.ts'

/** How often each score was given at a place. */
export interface Scores {
  readonly place: DoubtPlace
  readonly counts: ReadonlyMap<number, number>
}

const sum = (counts: ReadonlyMap<number, number>, wanted: (score: number) => boolean = () => true) =>
  [...counts].reduce((total, [score, n]) => total + (wanted(score) ? n : 0), 0)

/**
 * Heaping at a threshold: of those with the score that counts as the standard or the one just below, how many have the standard? Held by
 * the exact binomial against the same share in the other schools; where few others sat it, against half (a smooth distribution has as many
 * on either side of a line: McCrary 2008).
 */
export function pilesAtStandard(all: readonly Scores[], standard: number, step: number): Doubt[] {
  const near = all.map(({ place, counts }) => {
    const at = counts.get(standard) ?? 0
    return { place, counts, met: at, of: at + (counts.get(standard - step) ?? 0) }
  })
  const everyone = totals(near)
  return near
    .filter(({ of }) => of >= 8)
    .map((one): Doubt => {
      const share = Math.max(0.5, rateOfOthers(everyone, one) ?? 0.5)
      return {
        kind: 'pile at the standard',
        place: one.place,
        value: one.met,
        of: one.of,
        usual: share * one.of,
        chance: binomialAbove(one.met, one.of, share),
        about: String(standard),
        bars: Array.from({ length: 11 }, (_, at) => standard + (at - 5) * step).map((score) => ({
          label: String(score),
          value: one.counts.get(score) ?? 0,
          ...(score === standard ? { here: true } : {}),
        })),
      }
    })
}

/**
 * Rounding: whole scores that end in 0 or 5, against the same share elsewhere, and never less than the fifth that would do so by themselves.
 * Scores at an end of the scale are left out: whoever is beyond it gets them.
 */
export function roundNumbers(given: readonly Scores[], endsOfScale: readonly number[] = []): Doubt[] {
  const all = given.map(({ place, counts }) => ({
    place,
    counts: new Map([...counts].filter(([score]) => !endsOfScale.includes(score))),
  }))
  const ends = all.map(({ place, counts }) => ({
    place,
    counts,
    met: sum(counts, (score) => score % 5 === 0),
    of: sum(counts),
  }))
  const everyone = totals(ends)
  return ends
    .filter(({ of }) => of >= 20)
    .map((one): Doubt => {
      const share = Math.max(0.2, rateOfOthers(everyone, one) ?? 0.2)
      return {
        kind: 'round numbers',
        place: one.place,
        value: one.met,
        of: one.of,
        usual: share * one.of,
        chance: binomialAbove(one.met, one.of, share),
        bars: Array.from({ length: 10 }, (_, digit) => ({
          label: String(digit),
          value: sum(one.counts, (score) => score % 10 === digit),
          ...(digit % 5 === 0 ? { here: true } : {}),
        })),
      }
    })
}

/** How often each mark, score or grade, was given in a class, and in the same year group of the other schools and classes. */
export interface ClassMarks {
  readonly place: DoubtPlace
  readonly counts: ReadonlyMap<string, number>
  readonly others: ReadonlyMap<string, number>
}

const fewestAlike = 8

/** Identical classes: everyone has one mark. Its chance is Σ pₖⁿ, pₖ being how common each mark is elsewhere in the year group. */
export function oneMark(all: readonly ClassMarks[]): Doubt[] {
  return all.flatMap(({ place, counts, others }): Doubt[] => {
    const n = [...counts.values()].reduce((total, one) => total + one, 0)
    const elsewhere = [...others.values()].reduce((total, one) => total + one, 0)
    if (n < fewestAlike || elsewhere < 20) return []
    const most = Math.max(...counts.values())
    const [mark] = [...counts].find(([, one]) => one === most)!
    // Where a mark was never given elsewhere it is taken to be as rare as one in all of these and one more.
    const share = ((others.get(mark) ?? 0) + 1) / (elsewhere + 1)
    const alike =
      [...others.values()].reduce((total, one) => total + (one / elsewhere) ** n, 0) +
      (others.has(mark) ? 0 : share ** n)
    return [
      {
        kind: 'one mark for a class',
        place,
        value: most,
        of: n,
        usual: share * n,
        chance: most === n ? Math.min(1, alike) : 1,
        about: mark,
        bars: [...new Set([...counts.keys(), ...others.keys()])]
          .sort(byMark)
          .slice(0, 20)
          .map((one) => ({
            label: one,
            value: counts.get(one) ?? 0,
            usual: ((others.get(one) ?? 0) / elsewhere) * n,
            ...(one === mark ? { here: true } : {}),
          })),
      },
    ]
  })
}

const byMark = (one: string, other: string) => Number(one) - Number(other) || one.localeCompare(other)

/** Pupils with a result now and in the drop before, and how many have the very same one. */
export interface Repeated {
  readonly place: DoubtPlace
  readonly met: number
  readonly of: number
}

/** Marks carried forward: as many unchanged as would seldom be, by the exact binomial against the other places. */
export function carriedForward(all: readonly Repeated[]): Doubt[] {
  const everyone = totals(all)
  return all
    .filter(({ of }) => of >= 10)
    .flatMap((one): Doubt[] => {
      const share = rateOfOthers(everyone, one)
      if (share === undefined) return []
      return [
        {
          kind: 'marks carried forward',
          place: one.place,
          value: one.met,
          of: one.of,
          usual: share * one.of,
          chance: binomialAbove(one.met, one.of, share),
          bars: [
            { label: 'the same', value: one.met, usual: share * one.of, here: true },
            { label: 'another', value: one.of - one.met, usual: (1 - share) * one.of },
          ],
        },
      ]
    })
}
