import { Refusal } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn, letAccountsGo, letAttemptsGo, letTrailGo } from '../../access/index.ts'
import { leaveByAge, readyByAge } from '../../evidence/index.ts'
import { eraseCharacteristics, letPeopleGo, pupilMarks } from '../../organisation/index.ts'
import { dueSince, recordClasses, ruleWords } from '../domain/record-classes.ts'
import { eraseNow, trying } from '../erasure/erase-pupil.ts'
import type { Went } from '../tables.ts'
import { type Due, dueNow } from './due.ts'

const wentOf = ({ classes }: Due): Went =>
  Object.fromEntries(classes.filter(({ many }) => many > 0).map((one) => [one.class, one.many]))

/** `Attendance 1,204, Audit trail 30` */
export const lettingGoWords = (went: Went): string =>
  Object.entries(went)
    .map(
      ([name, many]) =>
        `${recordClasses[name as keyof typeof recordClasses]?.name ?? name}: ${many.toLocaleString('en-GB')}`,
    )
    .join('; ')

/** Do the counts that a person saw still hold? Written as a text that a form carries. */
export const countsSeen = (due: Due): string => JSON.stringify(wentOf(due))

/**
 * Lets go of everything that has been kept long enough. `seen`: the counts that a person agreed to; when others are due by now,
 * nothing goes. Whole pupils first, the rest in one transaction. @throws Refusal, NotHere
 */
export async function letGo(
  viewer: Viewer,
  { nightly = false, seen }: { readonly nightly?: boolean; readonly seen?: string } = {},
): Promise<Went> {
  const due = await dueNow(viewer)
  const went = wentOf(due)
  if (seen !== undefined && seen !== countsSeen(due))
    throw new Refusal('What is due has changed since you looked. Nothing went: look again.')
  if (Object.keys(went).length === 0) throw new Refusal('Nothing has been kept long enough to go today.')
  const pupils = await pupilMarks(viewer, due.pupils)
  if (pupils.length > 0)
    await eraseNow(viewer, pupils, {
      reason: `Kept long enough: ${ruleWords('roll', due.years.roll)}.`,
      figures: 'nameless row',
      again: false,
    })
  await trying(viewer, async () => {
    const sealed = await readyByAge(viewer, due.evidence)
    await write(viewer, async (tx) => {
      await leaveByAge(viewer, tx, sealed, due.evidence)
      await eraseCharacteristics(viewer, tx, due.described)
      await letPeopleGo(viewer, tx, due.people)
      const trail = due.years.trail
      const letGoUpTo = trail === null ? 0 : await letTrailGo(viewer, tx, dueSince(viewer.today, trail))
      const { letting_go_id } = await tx
        .insertInto('keeping.letting_go')
        .values({
          trust_id: viewer.trust,
          at: viewer.house.clock.now(),
          person_id: viewer.person || null,
          nightly,
          went: JSON.stringify(went),
        })
        .returning('letting_go_id')
        .executeTakeFirstOrThrow()
      await record(viewer, tx, { subject: 'keeping.letting_go', id: letting_go_id, deed: 'let go' })
      await auditIn(viewer, tx, {
        deed: 'let records go',
        subject: 'keeping.letting_go',
        id: letting_go_id,
        detail: { what: lettingGoWords(went), went, nightly, ...(letGoUpTo > 0 ? { letGoUpTo } : {}) },
      })
    })
  })
  await letAccountsGo(viewer.house, viewer.trust, due.people)
  if (due.years['sign-in'] !== null)
    await letAttemptsGo(viewer.house, dueSince(viewer.today, due.years['sign-in']))
  return went
}
