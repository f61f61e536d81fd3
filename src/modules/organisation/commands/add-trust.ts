import { Refusal } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import { takeIds } from '../../../platform/database/insert-many.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { trustsHere } from '../queries/trust.ts'

export interface NewTrust {
  readonly slug: string
  readonly name: string
  readonly companiesHouse?: string
  /** What the trust stands for, in one sentence. */
  readonly vision?: string
}

/** Who sets a trust up before anyone in it has a role: for the command line, the demo and the tests. */
export const founderOf = (house: House, trust: number, name = 'Set up'): Viewer => ({
  house,
  trust,
  person: 0,
  name,
  title: '',
  today: house.clock.today(),
  grants: [
    { role: 'administrator', node: 'trust', schools: 'all' },
    { role: 'data-lead', node: 'trust', schools: 'all' },
  ],
})

/** A new trust in this house; the answer is its id. @throws Refusal when the slug is taken or unfit. */
export async function addTrust(house: House, trust: NewTrust): Promise<number> {
  if (!/^[a-z][a-z0-9-]*$/.test(trust.slug))
    throw new Refusal(
      'A trust’s address is made of small letters, digits and hyphens, and begins with a letter.',
    )
  if (!trust.name.trim()) throw new Refusal('A trust needs a name.')
  if ((await trustsHere(house)).some((known) => known.slug === trust.slug))
    throw new Refusal(`There is already a trust with the address ${trust.slug}.`)
  const [id] = await house.database.kysely
    .transaction()
    .execute((tx) => takeIds(tx, 'organisation.trust', 'trust_id', 1))
  const founder = founderOf(house, id!)
  await write(founder, async (tx) => {
    await tx
      .insertInto('organisation.trust')
      .values({
        trust_id: id!,
        slug: trust.slug,
        name: trust.name.trim(),
        companies_house: trust.companiesHouse ?? null,
        vision: trust.vision ?? null,
      })
      .execute()
    await record(founder, tx, { subject: 'organisation.trust', id: id!, deed: 'added' })
  })
  return id!
}
