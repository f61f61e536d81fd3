import { figurePath } from '../../../kernel/figure.ts'
import { whole } from '../../../kernel/numbers.ts'
import { Status } from '../../../ui/index.ts'
import type { Finding } from '../pages/trust/findings.ts'

/** The finding as a page of its own school says it: without the school's name. */
const here = ({ before }: Finding): string => {
  const rest = before.replace(/^At [^,]+, /, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** Findings as sentences, most pupils concerned first; good news stands in the same list by the same rule. */
export const FindingList = ({
  findings,
  looked,
  ofSchool = false,
}: {
  findings: readonly Finding[]
  looked: number
  /** On the school's own page. */
  ofSchool?: boolean
}) =>
  findings.length === 0 ? (
    <p class="sec__note">
      Nothing stands out: of {whole(looked)} figures looked at, none lies so far from its line that chance
      could not explain it.
    </p>
  ) : (
    <ol class="look">
      {findings.map((finding, at) => (
        <li>
          <span class="look__n">{at + 1}</span>
          <div>
            <p>
              {ofSchool ? here(finding) : finding.before}
              <a class="chip" href={figurePath(finding.about.figure.key)}>
                {finding.number}
              </a>
              {finding.after}
            </p>
            <div class="look__meta">
              <Status kind={finding.standing === 'expected' ? 'unsure' : finding.standing}>
                {finding.words}
              </Status>
              <a href={figurePath(finding.about.figure.key)}>
                {finding.standing === 'better' ? 'Ask how they did it' : 'Look closer'}
              </a>
              {!ofSchool && <a href={`/schools/${finding.about.school.slug}`}>{finding.about.school.name}</a>}
            </div>
          </div>
        </li>
      ))}
    </ol>
  )
