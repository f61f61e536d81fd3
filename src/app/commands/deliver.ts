import { count } from '../../kernel/numbers.ts'
import { changesAnything, type DeliveryRun, runDelivery } from '../../modules/evidence/index.ts'
import type { Viewer } from '../../platform/viewer.ts'

/** Brings a file of schools, pupils or dated facts in, and says what changed. */
export const deliverFile = async (
  viewer: Viewer,
  file: string,
  school: number | null,
  { only, dryRun }: { readonly only?: string; readonly dryRun?: boolean },
): Promise<DeliveryRun & { readonly dryRun: boolean }> => ({
  ...(await runDelivery(viewer, { file, wish: { school, ...(only ? { only } : {}) }, dryRun })),
  dryRun: dryRun ?? false,
})

export const wordsOf = (run: DeliveryRun & { readonly file: string; readonly dryRun: boolean }): string =>
  [
    `${run.file}: ${run.says}.`,
    ...run.changes.map(
      ({ what, more, added, changed, same }) =>
        `  ${count(added + changed + same, what, more)}: ${added} added, ${changed} changed, ${same} as before.`,
    ),
    ...run.notes.map((note) => `  ${note}`),
    ...run.leftOut.map(
      ({ part, row, column, value, why }) =>
        `  ${[part, row === undefined ? undefined : `row ${row}`, column].filter((one) => one !== undefined).join(', ')}: “${value}”. ${why}`,
    ),
    run.dryRun
      ? 'This was a dry run: nothing has changed.'
      : changesAnything(run)
        ? 'It is on record.'
        : 'Nothing would change: all of it is on record already.',
  ].join('\n')
