import { dayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Fields, Fold, Form, Page, type Problem, Section } from '../../../ui/index.ts'
import { schoolBySlug, schools } from '../../organisation/index.ts'
import { canSetDirection } from '../domain/can.ts'
import { prioritiesIn, purposeOn } from '../queries/purpose.ts'
import { stanceNames } from './priority-page.tsx'
import { TargetLine, targetSeen } from './target-line.tsx'

/** What a school stands for beside its trust. @throws NotHere */
export async function schoolPurposePage(
  viewer: Viewer,
  slug: string,
  form: { problems?: readonly Problem[]; done?: string } = {},
) {
  const school = await schoolBySlug(viewer, slug)
  const purpose = await purposeOn(viewer)
  const edit = canSetDirection(viewer, school.id).ok
  const ethos = purpose.ethos.find((one) => one.school === school.id)
  const all = await schools(viewer)
  const nameOf = (id: number) => all.find((one) => one.id === id)?.shortName ?? 'a school'
  const ofTrust = prioritiesIn(purpose).filter((one) => one.school === null)
  const own = await Promise.all(
    prioritiesIn(purpose)
      .filter((one) => one.school === school.id)
      .map(async (priority) => ({
        priority,
        targets: await Promise.all(priority.measures.map((one) => targetSeen(viewer, one, nameOf))),
      })),
  )
  return (
    <Page
      title={school.name}
      viewer={viewer}
      nav="purpose"
      done={form.done}
      problems={form.problems}
      purpose="What this school stands for, and what it does with the trust’s priorities."
      crumbs={[{ text: 'Purpose', href: '/purpose' }, { text: school.shortName }]}
      asAt={[`As it stands on ${dayName(viewer.today)}`, <a href={`/schools/${school.slug}`}>Its figures</a>]}
      thread={[
        { name: 'Aim', text: purpose.vision?.words ?? `${purpose.aims.length} aims`, href: '/purpose' },
        { name: 'Priority', text: `${ofTrust.length} of the trust, ${own.length} of its own`, state: 'here' },
      ]}
    >
      <Section title="Ethos" aside={edit && <a href={`/purpose/schools/${slug}/ethos`}>Change</a>}>
        {ethos ? <p class="creed">{ethos.words}</p> : <p class="absent">Not said yet.</p>}
        {ethos?.practice && <p>{ethos.practice}</p>}
        {purpose.mission && <p class="small hush">Beside the trust’s mission: {purpose.mission.words}</p>}
      </Section>
      <Section title="The trust’s priorities here">
        <ul class="look">
          {ofTrust.map((priority) => {
            const stance = priority.stances.find((one) => one.school === school.id)
            return (
              <li id={`priority-${priority.id}`}>
                <span />
                <div>
                  <p>
                    <a href={`/purpose/priorities/${priority.id}`}>{priority.title}</a>
                  </p>
                  <div class="look__meta">
                    <b>{stance ? stanceNames[stance.stance] : 'Not said yet'}</b>
                    {stance && <span>since {dayName(stance.from)}</span>}
                  </div>
                  {stance?.words && <p>{stance.words}</p>}
                  {edit && (
                    <Fold
                      summary={
                        stance ? 'Change what the school does with it' : 'Say what the school does with it'
                      }
                    >
                      <Form action={`/purpose/schools/${slug}/stances/${priority.id}`}>
                        <Fields
                          fields={[
                            {
                              kind: 'list',
                              name: 'stance',
                              label: 'The school',
                              options: [
                                { value: 'adopt', text: 'adopts it as it is' },
                                { value: 'adapt', text: 'adapts it' },
                                { value: 'not now', text: 'does not work on it now' },
                              ],
                            },
                            {
                              kind: 'words',
                              name: 'words',
                              label: 'In your own words',
                              hint: 'Needed unless you adopt it.',
                            },
                          ]}
                          values={{ stance: stance?.stance, words: stance?.words }}
                        />
                        <Button kind="secondary">Keep this</Button>
                      </Form>
                    </Fold>
                  )}
                </div>
              </li>
            )
          })}
        </ul>
        {ofTrust.length === 0 && <p class="absent">The trust has set no priorities yet.</p>}
      </Section>
      <Section
        title="Its own priorities"
        aside={edit && <a href={`/purpose/priorities/new?school=${slug}`}>Add a priority</a>}
      >
        {own.length === 0 && <p class="absent">None beside the trust’s.</p>}
        <ul class="look">
          {own.map(({ priority, targets }) => (
            <li>
              <span />
              <div>
                <p>
                  <a href={`/purpose/priorities/${priority.id}`}>{priority.title}</a>
                </p>
                <div class="look__meta">
                  <span>{priority.owner?.name ?? 'Nobody yet'}</span>
                  <span>by {dayName(priority.by)}</span>
                </div>
                <ul class="targets">
                  {targets.map((seen) => (
                    <TargetLine seen={seen} />
                  ))}
                </ul>
              </div>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  )
}
