import { count } from '../../../kernel/numbers.ts'
import { Fold } from '../../../ui/index.ts'
import type { JoinedThread, ThreadNode } from '../domain/thread.ts'
import { kindNames, type LooseKnot } from '../domain/thread-tree.ts'

/** A school as links name it; the trust has neither. */
interface Named {
  readonly id: number
  readonly slug: string
  readonly shortName: string
}

/** More than these of a kind are counted by school: a list of a thousand sends nobody anywhere. */
const most = 24

export const looseOf = (
  { nodes, loose }: Pick<JoinedThread, 'nodes' | 'loose'>,
  of: (node: ThreadNode) => boolean,
): LooseKnot[] => {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return loose
    .map(({ node, why }) => ({ node: byId.get(node)!, why }))
    .filter(({ node }) => node !== undefined && of(node))
}

const List = ({ ends, nameOf }: { ends: readonly LooseKnot[]; nameOf: (id: number | null) => string }) => (
  <ul class="look">
    {ends.map(({ node, why }) => (
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
)

const BySchool = ({
  ends,
  schools,
  suffix,
}: {
  ends: readonly LooseKnot[]
  schools: readonly Named[]
  suffix: string
}) => {
  const whys = [...Map.groupBy(ends, (one) => one.why)]
  return whys.map(([why, own]) => {
    const by = [...Map.groupBy(own, (one) => one.node.school)].toSorted(([, a], [, b]) => b.length - a.length)
    return (
      <>
        <p class="small">
          <b>{why}</b> {own.length} at {count(by.length, 'school')}, most first:
        </p>
        <p class="small run">
          {by.map(([id, some]) => {
            const school = schools.find((one) => one.id === id)
            return (
              <span>
                {school ? (
                  <a href={`/thread?school=${school.slug}${suffix}#loose`}>{school.shortName}</a>
                ) : (
                  'the trust'
                )}{' '}
                {some.length}
              </span>
            )
          })}
        </p>
      </>
    )
  })
}

/** What hangs loose, kind by kind, from aims down. */
export const LooseEnds = ({
  loose,
  schools,
  suffix,
}: {
  loose: readonly LooseKnot[]
  schools: readonly Named[]
  /** What a link to one school's thread carries on: `&year=2024`. */
  suffix: string
}) => {
  const nameOf = (id: number | null) => schools.find((one) => one.id === id)?.shortName ?? 'a school'
  if (loose.length === 0)
    return <p>Nothing: every aim is worked on, every action is in time, every piece of evidence is used.</p>
  return [...Map.groupBy(loose, ({ node }) => node.kind)].map(([kind, ends]) => (
    <Fold summary={`${kindNames[kind]}: ${count(ends.length, 'loose end')}`} open={ends.length <= 6}>
      {ends.length <= most || new Set(ends.map((one) => one.node.school)).size === 1 ? (
        <List ends={ends} nameOf={nameOf} />
      ) : (
        <BySchool ends={ends} schools={schools} suffix={suffix} />
      )}
    </Fold>
  ))
}
