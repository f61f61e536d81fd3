import { Refusal } from '../../../kernel/refusal.ts'
import { urnTrouble } from '../../../kernel/school-numbers.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Phase } from '../tables.ts'

export interface NewSchool {
  /** An id taken beforehand. */
  readonly id?: number
  readonly urn: string
  readonly laestab?: string
  readonly slug?: string
  readonly name: string
  readonly shortName?: string
  readonly localCode?: string
  readonly phase: Phase
  readonly admits?: 'mixed' | 'girls' | 'boys'
  readonly ages?: readonly [number, number]
  readonly cluster?: string
  readonly motto?: string
  /** The day the school joined the trust: results from before it are the school’s own history. */
  readonly from?: string
  /** Where nobody has said when it joined: since when it is taken to belong, today when left out. No result is left out for it. */
  readonly since?: string
}

/** `St Brannock’s` → `st-brannocks` */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}’']/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** A school joins the trust; the answer is its id. @throws Refusal for a wrong or known URN, a taken address, or no right. */
export async function addSchool(viewer: Viewer, school: NewSchool): Promise<number> {
  if (!may(viewer, 'keep schools'))
    throw new Refusal('Only the trust’s data lead or an administrator can add a school.')
  const trouble = urnTrouble(school.urn)
  if (trouble) throw new Refusal(trouble)
  const shortName = school.shortName ?? school.name
  const slug = school.slug ?? slugOf(shortName)
  if (!slug) throw new Refusal('A school needs a name.')
  return write(viewer, async (tx) => {
    const clash = await tx
      .selectFrom('organisation.school')
      .select(['name', 'urn'])
      .where((find) => find.or([find('urn', '=', school.urn), find('slug', '=', slug)]))
      .executeTakeFirst()
    if (clash) {
      throw new Refusal(
        clash.urn === school.urn
          ? `${clash.name} already has the URN ${school.urn}.`
          : `${clash.name} already has the address ${slug}.`,
      )
    }
    const cluster = school.cluster
      ? await tx
          .insertInto('organisation.cluster')
          .values({ trust_id: viewer.trust, name: school.cluster })
          .onConflict((on) => on.columns(['trust_id', 'name']).doUpdateSet({ name: school.cluster! }))
          .returning('cluster_id')
          .executeTakeFirstOrThrow()
      : undefined
    const { school_id: id } = await tx
      .insertInto('organisation.school')
      .values({
        trust_id: viewer.trust,
        ...(school.id ? { school_id: school.id } : {}),
        urn: school.urn,
        laestab: school.laestab ?? null,
        slug,
        name: school.name,
        short_name: shortName,
        local_code: school.localCode ?? null,
        phase: school.phase,
        admits: school.admits ?? 'mixed',
        low_age: school.ages?.[0] ?? null,
        high_age: school.ages?.[1] ?? null,
        cluster_id: cluster?.cluster_id ?? null,
        motto: school.motto ?? null,
      })
      .returning('school_id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('organisation.membership')
      .values({
        trust_id: viewer.trust,
        school_id: id,
        from_day: school.from ?? school.since ?? viewer.today,
        to_day: null,
        joining_known: school.from !== undefined,
      })
      .execute()
    await record(viewer, tx, {
      subject: 'organisation.school',
      id,
      deed: 'added',
      detail: { urn: school.urn },
    })
    return id
  })
}
