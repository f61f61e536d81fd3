import { line } from 'd3-shape'
import { decimal } from '../../kernel/numbers.ts'
import { ink, widthOf } from './ink.ts'
import { type Scale, spread } from './scale.ts'
import { dot, path, px, text } from './svg.ts'

export type Series = readonly (number | undefined)[]

export interface SlopeScale {
  readonly domain: readonly [number, number]
  readonly width: number
  readonly height: number
  readonly periods: readonly string[]
  readonly places: number
}

const margin = { top: 10, bottom: 22, left: 5 }

/** Room for the last value at the right of its dot. */
const right = ({ domain, places }: SlopeScale): number =>
  14 + Math.max(...domain.map((end) => widthOf(decimal(end, places), 13.5)))

const xOf = (scale: SlopeScale): Scale => {
  const each = (scale.width - margin.left - right(scale)) / Math.max(1, scale.periods.length - 1)
  return (at) => margin.left + at * each
}

const yOf = ({ height, domain: [low, high] }: SlopeScale): Scale => {
  const each = (height - margin.bottom - margin.top) / (high - low)
  return (value) => height - margin.bottom - (value - low) * each
}

const drawn = (x: Scale, y: Scale) =>
  line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, at) => px(x(at)))
    .y((value) => px(y(value ?? 0)))

/** The path of one school over the drops; broken where a drop has no number. */
export const slopePath = (values: Series, scale: SlopeScale): string =>
  drawn(xOf(scale), yOf(scale))([...values]) ?? ''

/** The names under the panel that fit: always the last, the first unless they would touch, and those between that fit. */
function named(
  scale: SlopeScale,
  x: Scale,
): readonly { at: number; x: number; said: string; anchor: 'start' | 'middle' | 'end' }[] {
  const { periods, width } = scale
  const last = periods.length - 1
  const out: {
    at: number
    x: number
    said: string
    anchor: 'start' | 'middle' | 'end'
    from: number
    to: number
  }[] = []
  const place = (at: number) => {
    const said = periods[at] ?? ''
    const half = widthOf(said, 11.5) / 2
    const centre = Math.min(Math.max(x(at), half), Math.max(half, width - half - 2))
    return { at, x: centre, said, anchor: 'middle' as const, from: centre - half, to: centre + half }
  }
  if (last >= 0) out.push(place(last))
  for (const at of [0, ...periods.keys()].slice(0, last + 1)) {
    if (at === last) continue
    const next = place(at)
    if (out.every((other) => other.at !== at && (next.to + 4 < other.from || next.from - 4 > other.to)))
      out.push(next)
  }
  return out
}

export interface SlopeLook {
  readonly own: Series
  readonly trust?: Series
  readonly national?: number
  /** The id of the path of all the schools, drawn once in the first panel. */
  readonly company?: string
  readonly below?: boolean
  readonly isTrust?: boolean
}

/** One school over the drops: the others pale behind it, the trust solid, the national line dashed, its own line heavy. */
export function slopeMarks(scale: SlopeScale, look: SlopeLook): string {
  const { own, trust, national, company, isTrust = false } = look
  const { places } = scale
  const x = xOf(scale)
  const y = yOf(scale)
  const draw = drawn(x, y)
  const edge = px(scale.width - right(scale))
  const colour = isTrust ? ink.trust : look.below ? ink.below : ink.data
  const points = own.flatMap((value, at) => (value === undefined ? [] : [{ at, value }]))
  const last = points.at(-1)
  let marks = company ? `<use href="#${company}"/>` : ''
  if (national !== undefined)
    marks += path(`M${margin.left},${px(y(national))}H${edge}`, ink.national, 'stroke-dasharray="3,3"')
  if (trust && !isTrust) marks += path(draw([...trust]) ?? '', ink.trust, 'stroke-width="1.25"')
  marks += path(draw([...own]) ?? '', colour, `stroke-width="${isTrust ? 1.25 : 2}" stroke-linejoin="round"`)
  if (isTrust) marks += names(look, scale, y)
  for (const { at, value } of points) marks += dot(x(at), y(value), at === last?.at ? 4 : 2.25, colour)
  if (last)
    marks += text(decimal(last.value, places), x(last.at) + 8, y(last.value), {
      fill: ink.ink,
      size: 13,
      bold: true,
      middle: true,
      halo: true,
    })
  return (
    marks +
    named(scale, x)
      .map(({ said, x: at, anchor }) =>
        text(said, at, scale.height - 4, { fill: ink.quiet, size: 11.5, anchor }),
      )
      .join('')
  )
}

/** In the trust's panel the two lines carry their names, one above and one below, never on one another. */
function names({ own, national }: SlopeLook, scale: SlopeScale, y: Scale): string {
  const start = own.find((value) => value !== undefined)
  const nationalAt = national === undefined ? undefined : y(national)
  const trustAt = start === undefined ? undefined : y(start)
  const nationalAbove = nationalAt === undefined || trustAt === undefined || nationalAt <= trustAt
  const [nationalY = 0, trustY = 0] = spread(
    [(nationalAt ?? 0) + (nationalAbove ? -9 : 11), (trustAt ?? 0) + (nationalAbove ? 12 : -10)],
    14,
    6,
    scale.height - margin.bottom - 4,
  )
  return (
    (nationalAt === undefined
      ? ''
      : text(`national ${decimal(national ?? 0, scale.places)}`, margin.left, nationalY, {
          fill: ink.national,
          size: 11.5,
          middle: true,
          halo: true,
        })) +
    (trustAt === undefined
      ? ''
      : text('trust', margin.left, trustY, {
          fill: ink.trust,
          size: 11.5,
          bold: true,
          middle: true,
          halo: true,
        }))
  )
}
