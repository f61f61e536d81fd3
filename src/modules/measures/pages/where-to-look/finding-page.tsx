import { count } from '../../../../kernel/numbers.ts'
import { NotHere, Refusal } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Fields,
  type FieldValues,
  Form,
  GapTable,
  Page,
  type Problem,
  Section,
  Status,
} from '../../../../ui/index.ts'
import { placesFor } from '../../domain/scan/sentence.ts'
import type { Gap } from '../../scan/sealed-scan.ts'
import { methodPath } from '../methods.ts'
import { asAtWords, dropWords, sentenceCase } from '../words.ts'
import { type WorkOf, WorkSection } from '../work.tsx'
import { becameWords } from './decided.ts'
import type { AtDrop } from './over-drops.ts'
import { aboutDecided, aboutFinding, Decided, dropOf, figureOf, Picture } from './page.tsx'
import { type LookFinding, type LookPage, mayDecide } from './query.ts'
import { headOf, inUnit, unitWords } from './words.ts'

/** Something that was decided about and does not stand out at this drop: what was said then, what is so now. @throws NotHere */
const NoLongerFound = ({
  page,
  keyOf,
  viewer,
  workAbout,
}: {
  page: LookPage
  keyOf: string
  viewer: Viewer
  workAbout: Awaited<ReturnType<WorkOf>>
}) => {
  const was = page.became.find(({ decision }) => decision.key === keyOf)
  if (page.state === 'under way')
    throw new Refusal('The scan of this drop is under way. Load the page again in a minute.')
  if (!was) throw new NotHere('There is no such finding in this drop that you can see.')
  const { decision } = was
  return (
    <Page
      viewer={viewer}
      trust={page.setting.trust.name}
      nav="standards"
      title="It no longer stands out"
      purpose={`Something that was decided about at an earlier drop, as it is in ${dropOf(page)}.`}
      crumbs={[
        { text: 'How the trust is doing', href: '/trust' },
        { text: 'Where to look first', href: `/trust/findings?drop=${page.drop?.code ?? ''}` },
        { text: 'Decided before' },
      ]}
      asAt={asAtWords(page.setting)}
    >
      <Section title="What was found then">
        <p>{decision.sentence}</p>
        <p>{becameWords(was)}</p>
        <p>Why: {decision.reason}</p>
      </Section>
      <WorkSection work={{ ...workAbout(aboutDecided(page, decision)), offers: [] }} />
    </Page>
  )
}

/** What became of it, and what it was before: the gap at each drop that was looked through. */
const OverDrops = ({ finding, over }: { finding: LookFinding; over: readonly AtDrop[] }) => {
  const { measure } = finding
  const places = Math.min(2, placesFor(inUnit(measure, finding.low), inUnit(measure, finding.high)))
  return (
    <Section
      title="At the drops before and after"
      note={`The same place and group each time, in ${unitWords(measure).replace('of a grade', 'grades')} from similar pupils. Left of the line they are below them.`}
      aside={<a href={methodPath('scan')}>How the scan works</a>}
    >
      <GapTable
        caption="The gap at each drop"
        heads={['Drop', 'What it says']}
        places={places}
        rows={over.map(({ drop, gap, here }) => ({
          name: `${sentenceCase(dropWords(drop))}${here ? ', this one' : ''}`,
          gap: gap
            ? {
                value: inUnit(measure, gap.gap),
                low: inUnit(measure, gap.low),
                high: inUnit(measure, gap.high),
                status: sideOf(finding, gap) === 'below' ? 'below' : 'expected',
              }
            : { absent: 'too few' },
          group: gap ? sideWords[sideOf(finding, gap)] : '',
        }))}
      />
    </Section>
  )
}

const sideWords = {
  below: 'Below similar pupils',
  better: 'Better than similar pupils',
  expected: 'No further than chance',
} as const

/** On which side of similar pupils the whole interval lies, of good or bad news. */
function sideOf({ measure }: LookFinding, { low, high }: Gap): keyof typeof sideWords {
  if (low <= 0 && high >= 0) return 'expected'
  return low > 0 === (measure.direction === 'higher is better') ? 'better' : 'below'
}

/** One finding: how sure it is, its picture, its pupils, and what to do with it. @throws NotHere */
export const FindingPageView = ({
  page,
  keyOf,
  viewer,
  workAbout,
  over,
  values,
  problems,
}: {
  page: LookPage
  keyOf: string
  viewer: Viewer
  workAbout: Awaited<ReturnType<WorkOf>>
  /** The same at the drops around this one. */
  over: readonly AtDrop[]
  values?: FieldValues
  problems?: readonly Problem[]
}) => {
  const finding = page.findings.find(({ key }) => key === keyOf)
  if (!finding) return <NoLongerFound page={page} keyOf={keyOf} viewer={viewer} workAbout={workAbout} />
  const list = `/trust/findings?drop=${page.drop?.code ?? ''}`
  const sees = may(viewer, 'see pupils', {
    school: finding.at.id,
    ...(finding.classId === undefined ? {} : { class: finding.classId }),
  })
  return (
    <Page
      viewer={viewer}
      trust={page.setting.trust.name}
      nav="standards"
      title={headOf(finding)}
      purpose={`A finding of ${dropOf(page)}: why it stands out, and what somebody will do about it.`}
      crumbs={[
        { text: 'How the trust is doing', href: '/trust' },
        { text: 'Where to look first', href: list },
        { text: finding.at.shortName },
      ]}
      asAt={asAtWords(page.setting)}
      problems={problems}
      foot={[
        'The interval is of this gap looked at by itself. A difference says where to look, not why; it is not about a teacher and cannot be used in appraisal.',
      ]}
    >
      <Section>
        <p>
          <Status kind={finding.standing} />
        </p>
        <p>{finding.sentence}</p>
        <Picture finding={finding} />
        <p class="finding__why">
          If there were no difference, a gap like this would be found somewhere in fewer than{' '}
          {finding.q < 0.001
            ? 'one in a thousand'
            : `${Math.max(1, Math.round(1000 * finding.q))} in a thousand`}{' '}
          such scans.
          {finding.folded > 0 &&
            ` It explains ${count(finding.folded, 'other place or group', 'other places and groups')} that would stand out without it.`}{' '}
          <a href={methodPath('scan')}>How the scan works</a>
        </p>
        <p class="take">
          <a href={figureOf(page, finding)}>The figure</a>
          {sees && finding.groups.length < 2 && <a href={`${figureOf(page, finding)}/pupils`}>The pupils</a>}
          <a href={`/schools/${finding.at.slug}`}>{finding.at.name}</a>
        </p>
        {finding.decision && <Decided decision={finding.decision} />}
      </Section>
      {over.length > 1 && <OverDrops finding={finding} over={over} />}
      <WorkSection work={workAbout(aboutFinding(page, finding))} />
      {mayDecide(viewer, finding.at.id) && (
        <Section
          title="What to do with it"
          note="Your name and today’s date are kept with it. Later drops say what became of it."
        >
          <Form action="/trust/findings/one" guard>
            <input type="hidden" name="key" value={finding.key} />
            <input type="hidden" name="drop" value={page.drop?.code} />
            <Fields
              fields={[
                {
                  kind: 'choice',
                  name: 'kind',
                  label: 'What will you do?',
                  choices: [
                    {
                      text: finding.standing === 'better' ? 'Take it up: ask how they did it' : 'Take it up',
                      value: 'taken up',
                      hint: 'Somebody will act on it.',
                    },
                    { text: 'Watch it', value: 'watched', hint: 'Look again at the next drop.' },
                    {
                      text: 'Set it aside',
                      value: 'set aside',
                      hint: 'It leaves the list, and stays under “What was decided before”.',
                    },
                  ],
                },
                { kind: 'words', name: 'reason', label: 'Why?', rows: 3 },
              ]}
              values={values}
              problems={problems}
            />
            <Buttons>
              <Button once>Keep</Button>
              <a href={list}>Leave it as it is</a>
            </Buttons>
          </Form>
        </Section>
      )}
    </Page>
  )
}
