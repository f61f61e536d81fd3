import { academicYearName } from '../../../kernel/academic-year.ts'
import { count, decimal, whole } from '../../../kernel/numbers.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { mayAnywhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Empty, Section, Table } from '../../../ui/index.ts'
import { type QuestionMarks, together } from '../questions/facility.ts'
import { type PaperPage, paperPage, papers, type QuestionLine } from '../questions/papers.ts'
import { DropPage, dropCrumbs, settingOf } from './drop-frame.tsx'

/** Every shared test of which the viewer may see marks. @throws NotHere for those who see no pupils. */
export async function papersPage(viewer: Viewer) {
  if (!mayAnywhere(viewer, 'see pupils')) throw new NotHere()
  const setting = await settingOf(viewer)
  const all = await papers(viewer)
  return (
    <DropPage
      setting={setting}
      title="Shared tests by question"
      purpose="Which questions and topics pupils got, and which to teach again."
      crumbs={dropCrumbs(undefined, { text: 'Shared tests' })}
    >
      <Section title="Tests">
        {all.length === 0 ? (
          <Empty>
            No test has come yet. Whoever sends the school’s files sends its sheet of marks, a column a
            question, under <a href="/files">Files for the record</a>.
          </Empty>
        ) : (
          <Table
            caption="Shared tests, the latest first"
            columns={[
              { head: 'Test', width: 5 },
              { head: 'Year' },
              { head: 'Questions', num: true },
              { head: 'Pupils', num: true },
            ]}
            rows={all.map((one) => [
              <a href={`/tests/${one.id}`}>{one.title}</a>,
              academicYearName(one.academicYear),
              whole(one.questions),
              whole(one.pupils),
            ])}
          />
        )}
      </Section>
    </DropPage>
  )
}

const share = ({ share: value }: QuestionMarks) =>
  value === undefined ? <i class="hush">nobody sat it</i> : `${whole(value)}%`

/** One shared test: topics first, those with the fewest marks at the head, then each question. @throws NotHere */
export async function testPage(viewer: Viewer, id: number) {
  const page = await paperPage(viewer, id)
  const setting = await settingOf(viewer)
  const topics = [...Map.groupBy(page.questions, ({ topic }) => topic)].filter(([topic]) => topic !== '')
  return (
    <DropPage
      setting={setting}
      title={page.title}
      purpose="The share of the marks that pupils got, of all that they could have got: low shares are what to teach again."
      crumbs={dropCrumbs(undefined, { text: 'Shared tests', href: '/tests' }, { text: page.title })}
      asAt={[
        academicYearName(page.academicYear),
        `${count(page.pupils, 'pupil')} in ${count(page.schools.length, 'school')}`,
        `${count(page.questions.length, 'question')}, ${decimal(page.questions.reduce((sum, { most }) => sum + most, 0))} marks`,
      ]}
      foot={[
        'A question left unanswered counts as no mark; who did not sit the test is not counted. Of 30 pupils a share of 60% could as well be 43% or 77% by chance: look at several questions of a topic together.',
      ]}
    >
      {topics.length > 0 && (
        <Section title="By topic" note="The topics with the smallest share of marks first.">
          <Shares
            page={page}
            what="Topic"
            lines={topics
              .map(([topic, questions]) => lineOf(topic, questions, page))
              .sort((a, b) => (a.all.share ?? 0) - (b.all.share ?? 0))}
          />
        </Section>
      )}
      <Section title="By question" note="In the order of the paper.">
        <Shares
          page={page}
          what="Question"
          lines={page.questions.map((one) =>
            lineOf(`${one.label}${one.topic ? `, ${one.topic}` : ''}`, [one], page),
          )}
        />
      </Section>
    </DropPage>
  )
}

interface Line {
  readonly name: string
  readonly most: number
  readonly all: QuestionMarks
  readonly schools: readonly QuestionMarks[]
}

const lineOf = (name: string, questions: readonly QuestionLine[], page: PaperPage): Line => ({
  name,
  most: questions.reduce((sum, { most }) => sum + most, 0),
  all: together(questions.map(({ all }) => all)),
  schools: page.schools.map(({ id }) => together(questions.flatMap((one) => one.schools.get(id) ?? []))),
})

const Shares = ({ page, what, lines }: { page: PaperPage; what: string; lines: readonly Line[] }) => (
  <Table
    caption={`Share of the marks, by ${what.toLowerCase()}`}
    narrow={page.schools.length > 2 ? 'scroll' : 'stack'}
    columns={[
      { head: what, width: 4 },
      { head: 'Out of', num: true },
      {
        head:
          page.schools.length > 1
            ? `All (${whole(page.pupils)})`
            : `${page.schools[0]!.name} (${whole(page.pupils)})`,
        num: true,
      },
      { head: 'No answer', num: true },
      ...(page.schools.length > 1
        ? page.schools.map(({ name, pupils }) => ({ head: `${name} (${whole(pupils)})`, num: true }))
        : []),
    ]}
    rows={lines.map(({ name, most, all, schools }) => [
      name,
      decimal(most, Number.isInteger(most) ? 0 : 1),
      share(all),
      whole(all.unanswered),
      ...(page.schools.length > 1 ? schools.map(share) : []),
    ])}
  />
)
