import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Fold, Page, Section, TakeAway } from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import type { NodeKind, ThreadMap, ThreadNode } from '../domain/thread.ts'
import { thread } from '../queries/thread.ts'

const kindNames: Record<NodeKind, string> = {
  aim: 'Aim',
  priority: 'Priority',
  objective: 'Objective',
  action: 'Action',
  evidence: 'Evidence',
  judgement: 'Judgement',
  decision: 'Decision',
}

/** The thread with the ways down from each knot. */
const waysDown = (map: ThreadMap) => {
  const byId = new Map(map.nodes.map((node) => [node.id, node]))
  const below = Map.groupBy(map.links, (link) => link.from)
  return (id: string, kind?: NodeKind): ThreadNode[] =>
    (below.get(id) ?? [])
      .map((link) => byId.get(link.to))
      .filter((node): node is ThreadNode => node !== undefined && (kind === undefined || node.kind === kind))
}

/** From every aim down to evidence, judgement and decision; of one school when it is asked for. @throws NotHere */
export async function threadPage(viewer: Viewer, slug?: string) {
  const reach = schoolsWhere(viewer, 'see figures')
  const seen = (await schools(viewer)).filter((one) => includesSchool(reach, one.id))
  const school = slug === undefined ? undefined : seen.find((one) => one.slug === slug)
  if (slug !== undefined && !school) throw new NotHere('There is no such school that you can see.')
  const map = await thread(viewer)
  const byId = new Map(map.nodes.map((node) => [node.id, node]))
  const here = (node: ThreadNode) => school === undefined || node.school === null || node.school === school.id
  const nameOf = (id: number | null) =>
    id === null ? 'the trust' : (seen.find((one) => one.id === id)?.shortName ?? 'a school')
  const down = waysDown(map)
  const loose = map.loose
    .map((one) => ({ ...one, node: byId.get(one.node)! }))
    .filter(
      ({ node }) =>
        node && here(node) && (school === undefined || node.school === school.id || node.kind === 'aim'),
    )
  const byKind = [...Map.groupBy(loose, ({ node }) => node.kind)]
  const aims = map.nodes.filter((node) => node.kind === 'aim')
  const many = (kind: NodeKind) => map.nodes.filter((node) => node.kind === kind && here(node)).length
  return (
    <Page
      title={school ? `The thread at ${school.shortName}` : 'The thread'}
      viewer={viewer}
      nav="purpose"
      purpose="From each aim down to what was done, seen, judged and decided; and what hangs loose."
      crumbs={[
        { text: 'Purpose', href: '/purpose' },
        ...(school
          ? [{ text: 'The thread', href: '/thread' }, { text: school.shortName }]
          : [{ text: 'The thread' }]),
      ]}
      asAt={[
        `As it stands on ${dayName(viewer.today)}`,
        `${count(many('objective'), 'objective')}, ${count(many('action'), 'action')}, ${many('evidence')} pieces of evidence, ${count(many('judgement'), 'judgement')}`,
      ]}
      foot={[
        'This year’s plans under today’s aims, as far as you may see them. Print this page for a map to put on the wall.',
      ]}
    >
      <Section title="What hangs loose" id="loose">
        {loose.length === 0 && (
          <p>Nothing: every aim is worked on, every action is in time, every piece of evidence is used.</p>
        )}
        {byKind.map(([kind, ends]) => (
          <Fold summary={`${kindNames[kind]}: ${count(ends.length, 'loose end')}`} open={ends.length <= 6}>
            <ul class="look">
              {ends.slice(0, 60).map(({ node, why }) => (
                <li>
                  <span />
                  <div>
                    <p>
                      <a href={node.href}>{node.title}</a>
                    </p>
                    <div class="look__meta">
                      <span>{why}</span>
                      {node.school !== null && <span>{nameOf(node.school)}</span>}
                    </div>
                  </div>
                </li>
              ))}
            </ul>
            {ends.length > 60 && (
              <p class="small hush">And {ends.length - 60} more. Choose a school to see its own.</p>
            )}
          </Fold>
        ))}
      </Section>
      {seen.length > 1 && (
        <TakeAway
          links={[
            ...(school ? [{ text: 'All schools', href: '/thread' }] : []),
            ...seen.slice(0, 60).map((one) => ({ text: one.shortName, href: `/thread?school=${one.slug}` })),
          ]}
        >
          One school’s thread
        </TakeAway>
      )}
      {aims.map((aim) => (
        <Section title={aim.title} id={aim.id}>
          <ol class="threadmap">
            {down(aim.id, 'priority')
              .filter(here)
              .map((priority) => {
                const objectives = down(priority.id, 'objective').filter(here)
                return (
                  <li class="threadmap__priority">
                    <p>
                      <b>Priority</b> <a href={priority.href}>{priority.title}</a>{' '}
                      {priority.school !== null && <span class="hush">of {nameOf(priority.school)}</span>}
                    </p>
                    {objectives.length === 0 && <p class="absent">No objective stands on it.</p>}
                    <ol>
                      {objectives.map((objective) => {
                        const own = (kind: NodeKind) => down(objective.id, kind)
                        const evidence = own('evidence')
                        const judged = [
                          ...own('judgement'),
                          ...evidence.flatMap((one) => down(one.id, 'judgement')),
                        ].filter((one, at, all) => all.findIndex((other) => other.id === one.id) === at)
                        const decided = own('decision').at(-1)
                        return (
                          <li>
                            <p>
                              <b>Objective</b> <a href={objective.href}>{objective.title}</a>{' '}
                              <span class="hush">{nameOf(objective.school)}</span>
                            </p>
                            <div class="look__meta">
                              <span>{count(own('action').length, 'action')}</span>
                              <span>
                                {evidence.length === 0
                                  ? 'no evidence yet'
                                  : `${evidence.length} ${evidence.length === 1 ? 'piece' : 'pieces'} of evidence`}
                              </span>
                              {judged.map((one) => (
                                <span>
                                  judged in <a href={one.href}>{one.title}</a>
                                </span>
                              ))}
                              {decided && <span>decided: {decided.title}</span>}
                            </div>
                          </li>
                        )
                      })}
                    </ol>
                  </li>
                )
              })}
          </ol>
          {down(aim.id, 'priority').filter(here).length === 0 && <p class="absent">No priority serves it.</p>}
        </Section>
      ))}
    </Page>
  )
}
