import { addDays } from '../../../kernel/days.ts'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { record, within, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { setVision } from '../../organisation/index.ts'
import { canSetDirection } from '../domain/can.ts'
import { statementShape } from '../domain/shapes.ts'
import type { StatementKind } from '../tables.ts'

export interface NewStatement {
  readonly kind: StatementKind
  /** Of an ethos: whose. */
  readonly school?: number
  /** Of a value: the one that these words take the place of. */
  readonly replaces?: number
  readonly title?: string
  readonly words: string
  readonly practice?: string
}

/** Says it from today on; the words before end yesterday, and stay to be read. @throws FormRefused, Refusal, NotHere */
export async function say(
  viewer: Viewer,
  { kind, school, replaces, ...words }: NewStatement,
): Promise<number> {
  enforce(canSetDirection(viewer, school))
  const said = shaped(statementShape, { kind, ...words })
  if ((kind === 'ethos') !== (school !== undefined))
    throw new Refusal('An ethos is a school’s; the mission, the vision and the values are the trust’s.')
  if (kind === 'value' && !said.title) throw new Refusal('Give the value a name.')
  return write(viewer, async (tx) => {
    let before = tx
      .selectFrom('purpose.statement')
      .select(['statement_id', 'from_day'])
      .where('trust_id', '=', viewer.trust)
      .where('kind', '=', kind)
      .where('to_day', 'is', null)
    if (school !== undefined) before = before.where('school_id', '=', school)
    if (kind === 'value') before = before.where('statement_id', '=', replaces ?? 0)
    const old = await before.executeTakeFirst()
    if (replaces !== undefined && !old) throw new NotHere()
    if (old) await endRow(viewer, tx, old)
    const { statement_id: id } = await tx
      .insertInto('purpose.statement')
      .values({
        trust_id: viewer.trust,
        school_id: school ?? null,
        ...said,
        from_day: viewer.today,
        to_day: null,
      })
      .returning('statement_id')
      .executeTakeFirstOrThrow()
    if (kind === 'vision') await setVision(within(viewer, tx), said.words)
    await record(viewer, tx, {
      subject: 'purpose.statement',
      id,
      deed: old ? 'reworded' : 'said',
      school,
      detail: { kind, words: said.words, before: old?.statement_id ?? null },
    })
    return id
  })
}

/** What began today and is replaced today was never in force. */
const endRow = async (
  viewer: Viewer,
  tx: Parameters<Parameters<typeof write>[1]>[0],
  old: { readonly statement_id: number; readonly from_day: string },
) => {
  if (old.from_day >= viewer.today)
    return tx
      .deleteFrom('purpose.statement')
      .where('trust_id', '=', viewer.trust)
      .where('statement_id', '=', old.statement_id)
      .execute()
  return tx
    .updateTable('purpose.statement')
    .set({ to_day: addDays(viewer.today, -1) })
    .where('trust_id', '=', viewer.trust)
    .where('statement_id', '=', old.statement_id)
    .execute()
}

/** A value is no longer one of the trust's from today. @throws Refusal, NotHere */
export async function dropValue(viewer: Viewer, id: number): Promise<void> {
  enforce(canSetDirection(viewer))
  await write(viewer, async (tx) => {
    const old = await tx
      .selectFrom('purpose.statement')
      .select(['statement_id', 'from_day'])
      .where('trust_id', '=', viewer.trust)
      .where('statement_id', '=', id)
      .where('kind', '=', 'value')
      .where('to_day', 'is', null)
      .executeTakeFirst()
    if (!old) throw new NotHere()
    await endRow(viewer, tx, old)
    await record(viewer, tx, { subject: 'purpose.statement', id, deed: 'ended' })
  })
}
