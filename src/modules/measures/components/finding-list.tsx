import { count, whole } from '../../../kernel/numbers.ts'
import { Status } from '../../../ui/index.ts'
import { emptyWords, figureOf, findingPath, standings } from '../pages/where-to-look/page.tsx'
import type { LookFinding, LookPage } from '../pages/where-to-look/query.ts'
import { gapWords, headHere, headOf } from '../pages/where-to-look/words.ts'

/** The first few findings as sentences; good news stands in the same list by the same rule. What was set aside is left out. */
export const FindingList = ({
  page,
  school,
  most = 3,
}: {
  page: LookPage
  /** Of one school, on its own page: without its name. */
  school?: number
  most?: number
}) => {
  const found = findingsFor(page, school)
  if (found.length === 0)
    return <p class="sec__note">{school === undefined ? emptyWords(page) : emptyHere(page)}</p>
  return (
    <ol class="look">
      {found.slice(0, most).map((finding, at) => (
        <li>
          <span class="look__n">{at + 1}</span>
          <div>
            <p>
              {school === undefined ? headOf(finding) : headHere(finding)}:{' '}
              <a class="chip" href={figureOf(page, finding)}>
                {finding.pupils} of {count(finding.of, 'pupil')}
              </a>
              , {gapWords(finding)}.
            </p>
            <div class="look__meta">
              <Status kind={finding.standing}>{standings[finding.standing]}</Status>
              <a href={findingPath(page, finding.key)}>
                {finding.standing === 'better' ? 'Ask how they did it' : 'Look closer'}
              </a>
              {school === undefined && <a href={`/schools/${finding.at.slug}`}>{finding.at.name}</a>}
            </div>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** Findings that stand, of the trust or of one school. */
export const findingsFor = ({ findings }: LookPage, school?: number): LookFinding[] =>
  findings.filter(
    ({ decision, at }) => decision?.kind !== 'set aside' && (school === undefined || at.id === school),
  )

const emptyHere = (page: LookPage): string =>
  page.state === 'done' && page.tested > 0
    ? `Nothing stands out here: of ${whole(page.tested)} places and groups looked at across the trust, none in this school that you can see lies so far from similar pupils that chance could not explain it.`
    : emptyWords(page)
