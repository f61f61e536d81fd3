import { raw } from 'hono/html'
import { signed } from '../../kernel/numbers.ts'
import { gapHeadMarks, gapMarks } from '../charts/gap.ts'
import { gapDomain } from '../charts/scale.ts'
import { svg } from '../charts/svg.ts'
import type { Content } from '../content.ts'
import { StatusMark } from '../parts/status.tsx'
import type { Shown } from '../shown.ts'

export interface CaterpillarRow {
  readonly name: string
  readonly href?: string
  /** The effect with its interval. */
  readonly effect: Shown
  readonly pupils: Content
  /** `3, most likely 1 to 5` */
  readonly rank: Content
}

export interface CaterpillarProps {
  readonly caption: string
  /** `School`, `Class` */
  readonly head: string
  /** Highest effect first. */
  readonly rows: readonly CaterpillarRow[]
  readonly places?: number
  /** Said at the line of no effect. */
  readonly level?: string
}

const [wide, narrow] = [420, 270]

/** Effects in their order with their intervals, all on one scale about the line of what is expected. */
export const Caterpillar = ({ caption, head, rows, places = 1, level = 'as expected' }: CaterpillarProps) => {
  const ends = rows.flatMap(({ effect }) => [effect.value, effect.low, effect.high])
  const scale = gapDomain(ends, 10 ** -places)
  const many = rows.length > 20
  const height = many ? 22 : 30
  return (
    <table class={`rows rows--stack gaps${many ? ' rows--dense' : ''}`}>
      <caption class="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col" class="draw">
            <span class="vh">Drawn</span>
            {raw(svg(wide, 20, gapHeadMarks(scale, wide, level)))}
          </th>
          <th scope="col" class="num">
            Effect
          </th>
          <th scope="col" class="num">
            Pupils
          </th>
          <th scope="col" class="num">
            Rank
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, href, effect, pupils, rank }) => (
          <tr>
            <th scope="row">{href ? <a href={href}>{name}</a> : name}</th>
            <td class="draw">
              <div class="wide">{raw(svg(wide, height, gapMarks(effect, scale, wide, height)))}</div>
              <div class="narrow">
                {raw(svg(narrow, 30, gapMarks(effect, scale, narrow)))}
                {raw(svg(narrow, 16, gapHeadMarks(scale, narrow, level)))}
              </div>
            </td>
            <td class="num" data-m="Effect">
              {effect.status && effect.status !== 'expected' && <StatusMark kind={effect.status} />}{' '}
              <b>{signed(effect.value ?? 0, places)}</b> {!many && <br />}
              <span class="small">
                {signed(effect.low ?? 0, places)} to {signed(effect.high ?? 0, places)}
              </span>
            </td>
            <td class="num" data-m="Pupils">
              {pupils}
            </td>
            <td class="num small" data-m="Rank">
              {rank}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
