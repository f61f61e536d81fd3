import { enforce } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Form, Input, Page, PostButton, type Problem, Section, Table } from '../../../ui/index.ts'
import { canWriteEvaluation } from '../domain/can-confirm.ts'
import { evaluationById } from '../queries/evaluation.ts'
import { figuresToCite } from '../queries/figures-to-cite.ts'

/** Figures to choose from, by words of their names. @throws NotHere, Refusal */
export async function citePage(
  viewer: Viewer,
  id: number,
  code: string,
  sought: string,
  problems?: readonly Problem[],
) {
  const evaluation = await evaluationById(viewer, id, code)
  enforce(canWriteEvaluation(viewer, evaluation.school))
  const found = await figuresToCite(viewer, evaluation.school, sought)
  const path = `/improvement/evaluations/${id}/areas/${code}`
  return (
    <Page
      title="Choose a figure"
      viewer={viewer}
      nav="improvement"
      problems={problems}
      purpose="It joins the evidence with its counts, interval and snapshot, and your words cite it by its line."
      crumbs={[
        { text: 'Self-evaluation', href: `/improvement/evaluations/${id}` },
        { text: evaluation.areas[0]!.area.name, href: path },
        { text: 'Figures' },
      ]}
      foot={[
        'Figures of fewer than six pupils are not offered: governors and the trust read what you confirm.',
      ]}
    >
      <Section>
        <Form action={`${path}/figures`} method="get">
          <Input name="q" label="Words of its name" hint="reading year 4 disadvantaged" value={sought} />
          <Button kind="secondary">Find</Button>
        </Form>
        <Table
          caption="Figures that can be cited"
          empty="No figure has these words in its name. Try fewer."
          columns={[
            { head: 'Figure' },
            { head: 'Value', num: true },
            { head: 'Of', num: true },
            { head: 'Interval', num: true },
            { head: 'When', width: 2 },
            { head: 'Cite', hidden: true },
          ]}
          rows={found.map((one) => [
            <a href={one.href}>{one.name}</a>,
            one.value,
            one.of,
            one.interval,
            `${one.when}, snapshot ${one.snapshot}`,
            <PostButton
              action={`${path}/figures`}
              fields={{
                measure: one.measure,
                year: one.year,
                group: one.group,
                period: one.period,
                snapshot: String(one.snapshot),
              }}
              kind="secondary"
              class="small-button"
            >
              Cite it
            </PostButton>,
          ])}
        />
      </Section>
    </Page>
  )
}
