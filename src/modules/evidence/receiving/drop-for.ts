import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { dropState } from '../drops/domain/drop.ts'
import { dropByCode, drops } from '../drops/queries/drops.ts'

/** The drop that results are for: the one named, or the only one that is open and asks this school. @throws Refusal */
export async function dropFor(
  viewer: Viewer,
  code: string | undefined,
  school: number | null,
): Promise<string> {
  if (code) {
    const drop = await dropByCode(viewer, code).catch((error) => {
      throw error instanceof NotHere ? new Refusal(`There is no drop ${code.slice(0, 60)}.`) : error
    })
    return drop.code
  }
  const open = (await drops(viewer)).filter((drop) =>
    ['open', 'past due'].includes(dropState(drop, viewer.today)),
  )
  const asks = await read(viewer, (db) =>
    db.selectFrom('evidence.drop_request').select(['drop_id', 'school_id']).execute(),
  )
  const ours = open.filter(
    ({ id }) => school === null || asks.some((ask) => ask.drop_id === id && ask.school_id === school),
  )
  if (ours.length === 1) return ours[0]!.code
  throw new Refusal(
    ours.length === 0
      ? 'No drop is open that asks for these results, so the file is not taken. It can be sent again when one is.'
      : `Several drops are open: ${ours.map((drop) => drop.code).join(', ')}. Say which one the results are for.`,
  )
}
