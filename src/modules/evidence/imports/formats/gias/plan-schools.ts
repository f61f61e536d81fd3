import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import {
  addSchool,
  endMembership,
  predecessors,
  reviseSchool,
  type School,
  schools,
  slugOf,
  trustOf,
} from '../../../../organisation/index.ts'
import { fold } from '../../domain/letters.ts'
import type { LeftOut, Plan, Wish } from '../contract.ts'
import type { Establishment } from './establishments.ts'

/** More schools than the largest trust has: a file of more is of a region or of all England. */
const mostUnasked = 200

/** New schools are added; known ones take what GIAS says of them now. A school that GIAS lacks stays as it is. */
export async function planSchools(viewer: Viewer, all: readonly Establishment[], wish: Wish): Promise<Plan> {
  const ours = await ourOwn(viewer, all, wish)
  const known = new Map((await schools(viewer)).map((school) => [school.urn, school]))
  const earlier = new Map((await predecessors(viewer)).map((one) => [one.urn, one.school]))
  const leftOut: LeftOut[] = []
  const fresh: Establishment[] = []
  const changed: { school: School; now: Establishment }[] = []
  for (const one of ours) {
    const school = known.get(one.urn)
    if (earlier.has(one.urn))
      leftOut.push({
        row: one.row,
        column: 'URN',
        value: one.urn,
        why: `${one.name} is an earlier record of a school that we have.`,
      })
    else if (!school) fresh.push(one)
    else if (differs(school, one)) changed.push({ school, now: one })
  }
  const taken = new Set([...known.values()].map((school) => school.slug))
  return {
    changes: [
      {
        what: 'school',
        added: fresh.length,
        changed: changed.length,
        same: ours.length - fresh.length - changed.length - leftOut.length,
      },
    ],
    notes: [
      ...(ours.length < all.length
        ? [`${count(all.length - ours.length, 'school')} of other groups are left alone.`]
        : []),
      ...oddOnes(ours),
    ],
    leftOut,
    put: async (here) => {
      for (const one of fresh) {
        const id = await addSchool(here, {
          urn: one.urn,
          name: one.name,
          slug: freeSlug(one, taken),
          phase: one.phase,
          admits: one.admits,
          laestab: one.laestab,
          ages: one.ages,
          since: one.opened ?? viewer.today,
        })
        if (one.closed) await endMembership(here, id, one.closed)
      }
      for (const { school, now } of changed)
        await reviseSchool(here, school.id, {
          name: now.name,
          laestab: now.laestab ?? school.laestab,
          admits: now.admits,
          ages:
            now.ages ??
            (school.lowAge !== null && school.highAge !== null ? [school.lowAge, school.highAge] : undefined),
        })
    },
  }
}

const differs = (school: School, one: Establishment) =>
  school.name !== one.name ||
  (one.laestab !== undefined && school.laestab !== one.laestab) ||
  school.admits !== one.admits ||
  (one.ages !== undefined && (school.lowAge !== one.ages[0] || school.highAge !== one.ages[1]))

/** Schools of the group that is asked for, or of ours when its name stands in the file; all of a short file. @throws Refusal */
async function ourOwn(
  viewer: Viewer,
  all: readonly Establishment[],
  { only }: Wish,
): Promise<readonly Establishment[]> {
  const wanted = fold(only?.trim() || (await trustOf(viewer)).name)
  const found = all.filter(({ group }) => group.uid === only?.trim() || fold(group.name) === wanted)
  if (found.length > 0) return found
  if (only?.trim())
    throw new Refusal(
      `No school of the extract is in a group “${only.trim()}”. Give the group’s UID, or its name as GIAS has it (column Trusts).`,
    )
  if (all.length > mostUnasked)
    throw new Refusal(
      `The extract holds ${count(all.length, 'school')}, and none is in a group with this trust’s name. Say which group is yours: its UID, or its name as GIAS has it.`,
    )
  return all
}

function freeSlug({ name, town, urn }: Establishment, taken: Set<string>): string {
  const tries = [slugOf(name), slugOf(`${name} ${town}`), slugOf(`${name} ${urn}`), urn]
  const slug = tries.find((one) => one !== '' && !taken.has(one)) ?? urn
  taken.add(slug)
  return slug
}

/** One sentence a school: they go in, and somebody should look at them. */
const oddOnes = (ours: readonly Establishment[]): string[] =>
  ours
    .filter(({ odd }) => odd.length > 0)
    .map(({ row, name, urn, odd }) => `Row ${row}, ${name} (URN ${urn}): ${odd.join('; ')}.`)
