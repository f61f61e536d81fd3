import { londonTime } from '../../../kernel/days.ts'
import { count, whole } from '../../../kernel/numbers.ts'
import { Button, Buttons, Counts, Fold, Keys, Section, WhyNot } from '../../../ui/index.ts'
import { listed } from '../drops/domain/sentences.ts'
import type { Checked, ImportPage } from '../imports/index.ts'
import { momentName } from '../pages/drop-frame.tsx'

const resultCounts = ({ counts }: Checked) => [
  { count: counts.added, words: 'results added' },
  { count: counts.changed, words: 'changed' },
  { count: counts.removed, words: 'removed' },
  { count: counts.unplaced, words: 'rows not yet placed' },
]

const keysOf = ({ reading }: ImportPage, { counts }: Checked) => [
  {
    name: 'Rows in the file',
    value: reading.headingRow === undefined ? whole(counts.rows) : `${whole(counts.rows)} and a heading`,
  },
  { name: 'Pupils found', value: whole(counts.pupils.matched) },
  ...(counts.pupils.new ? [{ name: 'Pupils added to the roll', value: whole(counts.pupils.new) }] : []),
  { name: 'Pupils on roll who are not in the file', value: whole(counts.pupils.missing) },
  ...(counts.unchanged ? [{ name: 'Results that stand there already', value: whole(counts.unchanged) }] : []),
  ...(counts.attendance ? [{ name: 'Lines of attendance', value: whole(counts.attendance) }] : []),
  ...(counts.leftOut ? [{ name: 'Rows left out', value: whole(counts.leftOut) }] : []),
  ...(counts.schools > 1 ? [{ name: 'Schools', value: whole(counts.schools) }] : []),
]

/** The dry run beside its button. Stands inside the form of answers, so that nothing chosen is lost. */
export const IfPublished = ({
  page,
  path,
  maySend,
}: {
  page: ImportPage
  path: string
  maySend: boolean
}) => {
  const { checked, steps } = page
  if (!checked) return null
  const waiting = checked.groups.some((group) => group.open > 0)
  const results = checked.counts.added + checked.counts.changed + checked.counts.removed
  return (
    <Section
      title="If you published now"
      note={`A dry run on snapshot ${checked.snapshot}, at ${londonTime(new Date(checked.at))}.`}
    >
      <Counts items={resultCounts(checked)} />
      <Keys items={keysOf(page, checked)} />
      {checked.missing.length > 0 && (
        <Fold summary="Who is not in the file" note={count(checked.counts.pupils.missing, 'pupil')}>
          <p class="small">
            {listed(checked.missing, 60)}
            {checked.counts.pupils.missing > checked.missing.length &&
              ` and ${whole(checked.counts.pupils.missing - checked.missing.length)} more`}
            . They stay without a result; that counts against coverage.
          </p>
        </Fold>
      )}
      {!steps.publishable.ok && (
        <WhyNot title="You can’t publish yet." id="publish-why">
          {steps.publishable.because}
        </WhyNot>
      )}
      {maySend && (
        <>
          <Buttons>
            {steps.publishable.ok ? (
              <Button once attributes={{ formaction: `${path}/publish` }}>
                Publish as snapshot {page.nextSnapshot}
              </Button>
            ) : (
              <Button offBecause="publish-why">Publish as snapshot {page.nextSnapshot}</Button>
            )}
            <Button kind={steps.publishable.ok ? 'secondary' : 'filled'}>
              {waiting ? 'Keep these answers' : 'Check again'}
            </Button>
          </Buttons>
          <p class="small">
            {results
              ? `All ${whole(results)} results go in together or none do.`
              : 'Everything goes in together or nothing does.'}{' '}
            You can undo it until the drop is locked; the file and this page are kept either way.
          </p>
          <Buttons>
            <Button kind="secondary" attributes={{ formaction: `${path}/end` }}>
              Set the file aside
            </Button>
          </Buttons>
        </>
      )}
    </Section>
  )
}

/** What became of a file that was published, undone or set aside. */
export const Outcome = ({ page, path }: { page: ImportPage; path: string }) => {
  const { checked } = page
  const by = (one: { at: Date; by: string | null }) =>
    `${one.by ?? 'The command line'}, ${momentName(one.at)}`
  return (
    <Section
      title={
        page.published
          ? `Published as snapshot ${page.published.snapshot}`
          : page.undone
            ? `Undone, as snapshot ${page.undone.snapshot}`
            : 'Set aside'
      }
      note={by((page.published ?? page.undone ?? page.abandoned)!)}
    >
      {checked && <Counts items={resultCounts(checked).slice(0, 3)} />}
      {checked && <Keys items={keysOf(page, checked)} />}
      {page.published &&
        (page.steps.revertable.ok ? (
          <form action={`${path}/undo`} method="post">
            <Button kind="secondary" once>
              Undo
            </Button>
            <p class="small">
              What stood before comes back, as a new snapshot. The file and this page are kept.
            </p>
          </form>
        ) : (
          <WhyNot title="You can’t undo it now." id="undo-why">
            {page.steps.revertable.because}
          </WhyNot>
        ))}
    </Section>
  )
}
