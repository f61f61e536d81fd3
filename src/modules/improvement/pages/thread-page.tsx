import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Fold, Page, Section, TakeAway } from '../../../ui/index.ts'
import { kindNames } from '../domain/thread-tree.ts'
import { threadOf } from '../queries/thread-of.ts'

/** From every aim down to evidence, judgement and decision; of one school when it is asked for. @throws NotHere */
export async function threadPage(viewer: Viewer, slug?: string) {
  const { school, schools: seen, tree, nameOf } = await threadOf(viewer, slug)
  const { loose, many } = tree
  const byKind = [...Map.groupBy(loose, ({ node }) => node.kind)]
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
        <a href={`/thread.pdf${school ? `?school=${school.slug}` : ''}`}>As a map to print (PDF)</a>,
        `${count(many('objective'), 'objective')}, ${count(many('action'), 'action')}, ${many('evidence')} pieces of evidence, ${count(many('judgement'), 'judgement')}`,
      ]}
      foot={['This year’s plans under today’s aims, as far as you may see them.']}
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
      {tree.aims.map(({ node: aim, priorities }) => (
        <Section title={aim.title} id={aim.id}>
          <ol class="threadmap">
            {priorities.map(({ node: priority, objectives }) => (
              <li class="threadmap__priority">
                <p>
                  <b>Priority</b> <a href={priority.href}>{priority.title}</a>{' '}
                  {priority.school !== null && <span class="hush">of {nameOf(priority.school)}</span>}
                </p>
                {objectives.length === 0 && <p class="absent">No objective stands on it.</p>}
                <ol>
                  {objectives.map(({ node: objective, actions, evidence, judged, decided }) => (
                    <li>
                      <p>
                        <b>Objective</b> <a href={objective.href}>{objective.title}</a>{' '}
                        <span class="hush">{nameOf(objective.school)}</span>
                      </p>
                      <div class="look__meta">
                        <span>{count(actions.length, 'action')}</span>
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
                  ))}
                </ol>
              </li>
            ))}
          </ol>
          {priorities.length === 0 && <p class="absent">No priority serves it.</p>}
        </Section>
      ))}
    </Page>
  )
}
