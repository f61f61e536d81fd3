import { raw } from 'hono/html'
import { signed } from '../../kernel/numbers.ts'
import { gapHeadMarks, gapMarks } from '../charts/gap.ts'
import { gapDomain } from '../charts/scale.ts'
import { svg } from '../charts/svg.ts'
import { StatusMark } from '../parts/status.tsx'
import { absentWords, type Shown } from '../shown.ts'

export interface GapPanel {
  /** `Disadvantaged` */
  readonly name: string
  /** A gap for each place, in the same order in every panel. */
  readonly rows: readonly { readonly name: string; readonly href?: string; readonly gap: Shown }[]
}

export interface GapPanelsProps {
  readonly panels: readonly GapPanel[]
  /** `School` */
  readonly head: string
  readonly places?: number
}

const width = 148

/**
 * One small chart a group, a row a school, all on one scale that holds every gap: left of the line the group is behind everyone else. An
 * interval that runs off the scale ends at its edge.
 */
export const GapPanels = ({ panels, head, places = 0 }: GapPanelsProps) => {
  const scale = gapDomain(
    panels.flatMap(({ rows }) => rows.map(({ gap }) => gap.value && gap.value * 1.2)),
    places > 0 ? 1 : 20,
  )
  return (
    <div class="gapset">
      {panels.map((panel) => (
        <table class="rows gaps rows--dense">
          <caption>{panel.name}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="vh">{head}</span>
              </th>
              <th scope="col" class="draw">
                <span class="vh">Drawn</span>
                {raw(svg(width, 18, gapHeadMarks(scale, width, '0')))}
              </th>
              <th scope="col" class="num">
                <span class="vh">Gap</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {panel.rows.map(({ name, href, gap }) => (
              <tr>
                <th scope="row">{href ? <a href={href}>{name}</a> : name}</th>
                {gap.value === undefined ? (
                  <td colspan={2} class="absent">
                    <i class="hush">{absentWords(gap.absent)}</i>
                  </td>
                ) : (
                  <>
                    <td class="draw">{raw(svg(width, 24, gapMarks(gap, scale, width, 24)))}</td>
                    <td class="num">
                      {gap.status && gap.status !== 'expected' && (
                        <StatusMark kind={gap.status} words={gap.status === 'below' ? 'Behind' : 'Ahead'} />
                      )}{' '}
                      {signed(gap.value, places)}
                      <span class="vh">
                        , {signed(gap.low ?? 0, places)} to {signed(gap.high ?? 0, places)}
                      </span>
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}
