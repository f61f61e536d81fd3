import { raw } from 'hono/html'
import { academicYearName, academicYearOf } from '../../../kernel/academic-year.ts'
import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { keptWhileSame } from '../../../platform/database/changes.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Page, Section, TakeAway } from '../../../ui/index.ts'
import { belongedOn, type School, schools } from '../../organisation/index.ts'
import type { JoinedThread, NodeKind, ThreadNode } from '../domain/thread.ts'
import { planYears } from '../queries/plan-years.ts'
import { dayOfYear } from '../queries/school-years.ts'
import { thread } from '../queries/thread.ts'
import { LooseEnds, looseOf } from './loose-ends.tsx'
import { ThreadAim } from './thread-aim.tsx'

export interface ThreadAsked {
  /** A school's slug. */
  readonly school?: string
  /** Only what stands on this priority, all of it. */
  readonly priority?: number
  /** The academic year; the one that we are in when not said. */
  readonly year?: number
}

interface Shown {
  readonly map: JoinedThread
  readonly seen: readonly School[]
  readonly school: School | undefined
  readonly priority: number | undefined
  readonly suffix: string
}

/** From every aim down to evidence, judgement and decision; of one school, one priority or an earlier year when asked for. @throws NotHere */
export async function threadPage(viewer: Viewer, asked: ThreadAsked = {}) {
  const reach = schoolsWhere(viewer, 'see figures')
  const thisYear = academicYearOf(viewer.today)
  const year = asked.year ?? thisYear
  const day = dayOfYear(viewer, year)
  const seen = (await schools(viewer)).filter((one) => includesSchool(reach, one.id) && belongedOn(one, day))
  const school = asked.school === undefined ? undefined : seen.find((one) => one.slug === asked.school)
  if (asked.school !== undefined && !school) throw new NotHere('There is no such school that you can see.')
  const map = await thread(viewer, day)
  const priority = map.aims.flatMap((aim) => aim.priorities).find((one) => one.id === asked.priority)
  if (asked.priority !== undefined && !priority) throw new NotHere('There is no such priority in that year.')
  const suffix = year === thisYear ? '' : `&year=${year}`
  const here = isHere(school)
  const many = (kind: NodeKind) => map.nodes.filter((node) => node.kind === kind && here(node)).length
  const body = await keptWhileSame(
    viewer,
    `thread body ${day} ${school?.id ?? ''} ${priority?.id ?? ''}`,
    ['organisation', 'purpose', 'improvement'],
    async () => String(<ThreadBody shown={{ map, seen, school, priority: priority?.id, suffix }} />),
  )
  const years = (await planYears(viewer)).filter((one) => one !== year)
  const whole = [school && `school=${school.slug}`, priority && `priority=${priority.id}`].filter(Boolean)
  return (
    <Page
      title={`The thread${school ? ` at ${school.shortName}` : ''}${year === thisYear ? '' : ` in ${academicYearName(year)}`}`}
      viewer={viewer}
      nav="purpose"
      purpose={
        priority
          ? `Everything that stands on the priority “${priority.title}”.`
          : 'From each aim down to what was done, seen, judged and decided; and what hangs loose.'
      }
      crumbs={[
        { text: 'Purpose', href: '/purpose' },
        ...(school || priority || suffix
          ? [
              { text: 'The thread', href: '/thread' },
              { text: school?.shortName ?? priority?.title ?? academicYearName(year) },
            ]
          : [{ text: 'The thread' }]),
      ]}
      asAt={[
        `As it ${year === thisYear ? 'stands' : 'stood'} on ${dayName(day)}`,
        `${count(many('objective'), 'objective')}, ${count(many('action'), 'action')}, ${count(many('evidence'), 'piece')} of evidence, ${count(many('judgement'), 'judgement')}, ${count(many('decision'), 'decision')}`,
        ...(year === thisYear && !priority
          ? [<a href={`/thread.pdf${school ? `?school=${school.slug}` : ''}`}>As a map to print (PDF)</a>]
          : []),
        ...years.map((one) => (
          <a href={`/thread?${[...whole.slice(0, 1), `year=${one}`].join('&')}`}>{academicYearName(one)}</a>
        )),
      ]}
      foot={[
        year === thisYear
          ? 'This year’s plans under today’s aims, as far as you may see them.'
          : `The plans of ${academicYearName(year)} under the aims of ${dayName(day)}: what was done, said and decided later is not on this page.`,
      ]}
    >
      {raw(body)}
    </Page>
  )
}

const isHere =
  (school: School | undefined) =>
  (node: ThreadNode): boolean =>
    school === undefined || node.school === null || node.school === school.id

const ThreadBody = ({ shown: { map, seen, school, priority, suffix } }: { shown: Shown }) => {
  const here = isHere(school)
  const loose = looseOf(
    map,
    (node) => here(node) && (school === undefined || node.school === school.id || node.kind === 'aim'),
  )
  const nameOf = (id: number | null) =>
    id === null ? 'the trust' : (seen.find((one) => one.id === id)?.shortName ?? 'a school')
  return (
    <>
      {priority === undefined && (
        <Section title="What hangs loose" id="loose">
          <LooseEnds loose={loose} schools={seen} suffix={suffix} />
        </Section>
      )}
      {priority === undefined && seen.length > 1 && (
        <TakeAway
          links={[
            ...(school ? [{ text: 'All schools', href: `/thread${suffix.replace('&', '?')}` }] : []),
            ...seen
              .filter((one) => one.id !== school?.id)
              .map((one) => ({ text: one.shortName, href: `/thread?school=${one.slug}${suffix}` })),
          ]}
        >
          One school’s thread
        </TakeAway>
      )}
      {map.aims
        .filter((aim) => priority === undefined || aim.priorities.some((one) => one.id === priority))
        .map((aim) => (
          <ThreadAim
            aim={aim}
            priorities={aim.priorities.filter(
              (one) =>
                (priority === undefined || one.id === priority) &&
                (school === undefined || one.school === null || one.school === school.id),
            )}
            on={{
              standing: (id) => (map.standing.get(id) ?? []).filter((one) => here(one.node)),
              nameOf,
              pathOf: (id) => `/thread?priority=${id}${suffix}`,
              most: priority !== undefined || school ? 400 : 12,
            }}
          />
        ))}
    </>
  )
}
