import { count, whole } from '../../../kernel/numbers.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Buttons, PostButton, type Problem, Section, Table, WhyNot } from '../../../ui/index.ts'
import { audit } from '../../access/index.ts'
import { schoolById } from '../../organisation/index.ts'
import { canPutIn, delivery, undoPlan } from '../deliveries/index.ts'
import { capital } from '../drops/domain/sentences.ts'
import { DropPage, dropCrumbs, momentName, settingOf } from './drop-frame.tsx'

const mostShown = 200

/** One file of the record: what it is, what it would change, what can’t go in. @throws NotHere */
export async function deliveryPage(
  viewer: Viewer,
  id: number,
  told: { readonly problems?: readonly Problem[]; readonly done?: string } = {},
) {
  const row = await delivery(viewer, id)
  const setting = await settingOf(viewer)
  await audit(viewer, {
    deed: 'saw delivery',
    subject: 'evidence.delivery',
    id,
    school: row.school,
    detail: { file: row.upload.name },
  })
  const { changes, notes, leftOut, results } = row.planned
  const verdict = canPutIn(row)
  const past = row.ended?.step === 'put in'
  const undo = past && row.mayBring ? await undoPlan(viewer, id) : undefined
  const named = row.school === null ? setting.trust.name : (await schoolById(viewer, row.school)).name
  return (
    <DropPage
      setting={setting}
      title={row.says}
      windowTitle={row.upload.name}
      purpose={`${past ? 'What this file changed' : 'What this file would change'} on the record of ${named}.`}
      crumbs={dropCrumbs(
        undefined,
        { text: 'Files for the record', href: '/files' },
        { text: row.upload.name },
      )}
      asAt={[
        row.upload.name,
        row.format,
        `Sent${row.upload.by ? ` by ${row.upload.by}` : ''}, ${momentName(row.upload.at)}`,
      ]}
      problems={told.problems}
      done={told.done}
    >
      <Section title={past ? 'What changed' : 'What would change'}>
        <Table
          caption="Changes, by kind"
          columns={[
            { head: 'Of', width: 4 },
            { head: 'New', num: true },
            { head: 'Changed', num: true },
            { head: 'As before', num: true },
          ]}
          rows={changes.map(({ what, more, added, changed, same }) => [
            capital(more ?? `${what}s`),
            whole(added),
            whole(changed),
            whole(same),
          ])}
        />
        {results > 0 && (
          <p>
            It also holds {count(results, 'result')}. They go into a drop: once the pupils are on record, open
            the drop, choose the school and send this same file there.
          </p>
        )}
        {row.ended ? (
          <p>
            {past ? 'Put on record' : 'Set aside'}, {momentName(row.ended.at)}
            {row.ended.by ? `, by ${row.ended.by}` : ''}.
            {row.undone &&
              ` Undone, ${momentName(row.undone.at)}${row.undone.by ? `, by ${row.undone.by}` : ''}: the record is as it was before.`}
          </p>
        ) : (
          <>
            {!verdict.ok && <WhyNot title="It can’t be put on record now.">{verdict.because}</WhyNot>}
            {row.mayBring && (
              <Buttons>
                {verdict.ok && <PostButton action={`/files/${id}/put-in`}>Put it on record</PostButton>}
                <PostButton action={`/files/${id}/set-aside`} kind="secondary">
                  Set it aside
                </PostButton>
              </Buttons>
            )}
          </>
        )}
      </Section>
      {undo && !row.undone && (
        <Section
          title="Undo it"
          note="What it added goes, what it changed is as it was. It can be undone until something later rests on it."
        >
          <Table
            caption="What undoing would do"
            columns={[
              { head: 'Of', width: 4 },
              { head: 'Taken out', num: true },
              { head: 'Put back as before', num: true },
            ]}
            rows={undo.takes.map(({ what, out, back }) => [capital(what), whole(out), whole(back)])}
            empty={
              undo.snapshots.length
                ? `Facts of ${count(undo.snapshots.length, 'drop')}: a new snapshot holds what stood before.`
                : 'Nothing is kept of what it changed.'
            }
          />
          {undo.verdict.ok ? (
            <PostButton action={`/files/${id}/undo`} kind="warning">
              Undo this file
            </PostButton>
          ) : (
            <WhyNot title="It can’t be undone now.">{undo.verdict.because}</WhyNot>
          )}
        </Section>
      )}
      {leftOut.length > 0 && (
        <Section
          title={`${count(leftOut.length, 'line')} left out`}
          note="Everything else goes in without them. Mend them in the system that they come from, and send the file again."
        >
          <Table
            caption="What is left out, and why"
            columns={[
              { head: 'Where', width: 3 },
              { head: 'It says', width: 3 },
              { head: 'The trouble', width: 6 },
            ]}
            rows={leftOut
              .slice(0, mostShown)
              .map(({ part, row: line, column, value, why }) => [
                [part, line === undefined ? undefined : `row ${whole(line)}`, column]
                  .filter((one) => one !== undefined)
                  .join(', '),
                value || '(nothing)',
                why,
              ])}
          />
          {leftOut.length > mostShown && <p>And {whole(leftOut.length - mostShown)} more.</p>}
        </Section>
      )}
      {notes.length > 0 && (
        <Section title="Worth a look" note="These go in as they are.">
          <ul class="govuk-list govuk-list--spaced">
            {notes.slice(0, mostShown).map((note) => (
              <li>{note}</li>
            ))}
          </ul>
          {notes.length > mostShown && <p>And {whole(notes.length - mostShown)} more.</p>}
        </Section>
      )}
    </DropPage>
  )
}
