import { whole } from '../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Page, Section, TakeAway } from '../../../../ui/index.ts'
import { FindingList } from '../../components/finding-list.tsx'
import { methodPath } from '../methods.ts'
import { threadOf } from '../thread.ts'
import { asAtWords } from '../words.ts'
import type { TrustPage } from './query.ts'

/** Everything that stands out in a drop. */
export const FindingsPageView = ({ page, viewer }: { page: TrustPage; viewer: Viewer }) => {
  const { setting, findings } = page
  const query = `drop=${setting.drop?.code ?? ''}&year=${page.year}`
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title="Where to look first"
      purpose="Schools and groups whose figures lie so far from the national or the trust’s line that chance is a poor explanation; most pupils concerned first."
      crumbs={[{ text: 'How the trust is doing', href: '/trust' }, { text: 'Where to look first' }]}
      asAt={[
        ...asAtWords(setting),
        `${whole(findings.looked)} figures looked at, ${findings.list.length} stand out`,
        <a href={methodPath('where-to-look')}>How this list is made</a>,
      ]}
      thread={threadOf(setting)}
      foot={[
        'A figure is here when its whole 95% interval lies on one side of its line and it is still unlikely once it is allowed for how many were looked at (false discovery rate 10%). National figures are the line where there is one for everyone of that age; the trust’s own figure for the same pupils otherwise.',
        'It says nothing yet of what is usual for a school’s intake: that comes with a model of its own. Nothing on this page is about a teacher, and it cannot be used in appraisal.',
      ]}
    >
      <Section
        title={
          findings.list.length === 0 ? 'Nothing stands out' : `${whole(findings.list.length)} that stand out`
        }
      >
        <FindingList findings={findings.list} looked={findings.looked} />
        <TakeAway
          links={[
            { text: 'CSV', href: `/trust/findings?${query}&as=csv` },
            { text: 'Spreadsheet', href: `/trust/findings?${query}&as=xlsx` },
          ]}
        />
      </Section>
    </Page>
  )
}
