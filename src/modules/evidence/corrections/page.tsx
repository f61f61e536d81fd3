import { first, type Typed } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  FileUpload,
  Form,
  Input,
  type Problem,
  Section,
  Select,
  Table,
  Textarea,
  WhyNot,
} from '../../../ui/index.ts'
import { dropTitle } from '../drops/domain/drop.ts'
import { askedIn } from '../drops/queries/assessments.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { DropPage, dropCrumbs, momentName, settingOf } from '../pages/drop-frame.tsx'
import { snapshots } from '../snapshots/index.ts'
import { mustCorrect } from './correct-result.ts'

/** Correcting a result of a locked drop, and each correction that was made. @throws NotHere */
export async function correctionsPage(
  viewer: Viewer,
  code: string,
  { typed = {}, problems = [], done }: { typed?: Typed; problems?: readonly Problem[]; done?: string } = {},
) {
  mustCorrect(viewer)
  const setting = await settingOf(viewer)
  const drop = await dropByCode(viewer, code)
  const asked = new Map(
    (await askedIn(viewer, drop)).map((one) => [one.assessment.code, one.assessment.name]),
  )
  const made = (await snapshots(viewer, { drop: drop.id })).filter((one) => one.reason === 'correction')
  return (
    <DropPage
      setting={setting}
      title="Correct results"
      purpose={`Change results of the ${dropTitle(drop)} drop after its lock, as when papers are re-marked, or add one that was never sent. A new snapshot holds them; every figure already cited keeps its number.`}
      crumbs={dropCrumbs(drop, { text: 'Corrections' })}
      problems={problems}
      done={done}
      foot={[
        'The old snapshot stays readable at its address. Pages of this drop show the corrected snapshot from now on, and a figure’s own page says why it moved. Before the lock, a school’s file is brought again instead.',
      ]}
    >
      <Section title="One result">
        {drop.lock ? (
          <Form action={`/drops/${code}/corrections`}>
            <Input
              name="upn"
              label="UPN of the pupil"
              value={first(typed, 'upn')}
              autocomplete="off"
              spellcheck={false}
            />
            <Select
              name="assessment"
              label="Assessment"
              options={[
                { text: 'Choose', value: '' },
                ...[...asked].map(([value, text]) => ({ value, text })),
              ]}
              value={first(typed, 'assessment')}
            />
            <Input
              name="result"
              label="The result as it should have been"
              hint="Written as the school writes it: a score, a grade or a code."
              value={first(typed, 'result')}
              autocomplete="off"
            />
            <Textarea
              name="why"
              label="Why does it change?"
              hint="Without the pupil’s name: everybody who sees the figure can read it."
              rows={2}
              value={first(typed, 'why')}
            />
            <Button kind="warning">Make a corrected snapshot</Button>
          </Form>
        ) : (
          <WhyNot title="This drop is not locked.">
            Bring the school’s file again, or undo its import: nothing is final yet.
          </WhyNot>
        )}
      </Section>
      {drop.lock && (
        <Section
          title="Many at a time"
          note="A CSV with the headings UPN, Assessment (its name or code) and Result. What each would change is shown before anything is done."
        >
          <Form action={`/drops/${code}/corrections/file`} files>
            <FileUpload name="file" label="The file" accept=".csv" />
            <Textarea
              name="why"
              id="file-why"
              label="Why do they change?"
              hint="Without a pupil’s name: everybody who sees the figures can read it."
              rows={2}
              value={first(typed, 'why')}
            />
            <Button kind="secondary" once>
              See what would change
            </Button>
          </Form>
        </Section>
      )}
      <Section title="Corrections made">
        <Table
          caption="Corrections of this drop, latest first"
          columns={[{ head: 'Snapshot' }, { head: 'When' }, { head: 'Why', width: 6 }]}
          rows={made.map((one) => [
            <a href={`/trust?drop=${code}&snapshot=${one.snapshot}`}>Snapshot {one.snapshot}</a>,
            momentName(one.at),
            one.note,
          ])}
          empty="None: every figure of this drop is as it was locked."
        />
        {drop.lock && made.length > 0 && (
          <p>
            As it was locked:{' '}
            <a href={`/trust?drop=${code}&snapshot=${drop.lock.snapshot}`}>snapshot {drop.lock.snapshot}</a>.
          </p>
        )}
      </Section>
    </DropPage>
  )
}
