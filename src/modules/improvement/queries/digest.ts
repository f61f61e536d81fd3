import type { Day } from '../../../kernel/days.ts'
import { read } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import { seal, unseal } from '../../../platform/seal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { DigestWay } from '../domain/digest.ts'

/** How often the viewer gets a letter with their actions, and when the last went out. */
export const digestOfViewer = async (
  viewer: Viewer,
): Promise<{ readonly way: DigestWay; readonly sentOn: Day | null }> =>
  (await read(viewer, (db) =>
    db
      .selectFrom('improvement.digest')
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', viewer.person)
      .select(['how as way', 'sent_on as sentOn'])
      .executeTakeFirst(),
  )) ?? { way: 'weekly', sentOn: null }

const purpose = 'stop letters with actions'

/** The address in a letter by which its reader stops such letters. It opens nothing else, and shows nothing. */
export const stopAddress = ({ house, trust, person }: Viewer): string =>
  `${house.config.origin}/my-actions/letters/${seal(house.config.secret, purpose, `${trust} ${person}`)}`

/** Whose letters the address stops; nothing when it is not one of ours. */
export function stopsFor(
  house: House,
  sealed: string,
): { readonly trust: number; readonly person: number } | undefined {
  const found = /^(\d{1,9}) (\d{1,9})$/.exec(unseal(house.config.secret, purpose, sealed) ?? '')
  return found ? { trust: Number(found[1]), person: Number(found[2]) } : undefined
}
