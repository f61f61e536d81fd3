import { count, whole } from '../../../kernel/numbers.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Form, Section, Table, WhyNot } from '../../../ui/index.ts'
import { audit } from '../../access/index.ts'
import { schools } from '../../organisation/index.ts'
import { dropTitle } from '../drops/domain/drop.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { DropPage, dropCrumbs, settingOf } from '../pages/drop-frame.tsx'
import { mustCorrect } from './correct-result.ts'
import type { PlannedCorrections } from './plan-corrections.ts'

const mostShown = 200

/** What a file of corrections would change, before it is done. @throws NotHere */
export async function previewPage(
  viewer: Viewer,
  code: string,
  { plan, sha256, why }: { readonly plan: PlannedCorrections; readonly sha256: string; readonly why: string },
) {
  mustCorrect(viewer)
  const [setting, drop] = [await settingOf(viewer), await dropByCode(viewer, code)]
  const names = new Map((await schools(viewer)).map(({ id, shortName }) => [id, shortName]))
  const { corrections, same, leftOut } = plan
  const added = corrections.filter(({ before }) => before === null).length
  await audit(viewer, {
    deed: 'saw pupils',
    subject: 'evidence.drop',
    id: drop.id,
    detail: { ids: corrections.map(({ pupil }) => pupil) },
  })
  return (
    <DropPage
      setting={setting}
      title={`${count(corrections.length, 'result')} would change`}
      purpose={`What the file would change in the ${dropTitle(drop)} drop. Nothing is done yet.`}
      crumbs={dropCrumbs(
        drop,
        { text: 'Corrections', href: `/drops/${code}/corrections` },
        { text: 'What would change' },
      )}
    >
      <Section
        title="What would change"
        note={`${whole(corrections.length - added)} changed, ${whole(added)} never sent before, ${whole(same)} that say so already, ${whole(leftOut.length)} left out.`}
      >
        {corrections.length > 0 ? (
          <>
            <Table
              caption="Results that would change"
              columns={[
                { head: 'UPN', width: 3 },
                { head: 'School', width: 2 },
                { head: 'Assessment', width: 3 },
                { head: 'It says' },
                { head: 'It would say' },
              ]}
              rows={corrections
                .slice(0, mostShown)
                .map((one) => [
                  one.upn,
                  names.get(one.school) ?? '',
                  one.assessment.name,
                  one.before ?? <i class="hush">nothing was sent</i>,
                  one.raw,
                ])}
            />
            {corrections.length > mostShown && <p>And {whole(corrections.length - mostShown)} more.</p>}
            <Form action={`/drops/${code}/corrections/make`}>
              <input type="hidden" name="sha256" value={sha256} />
              <input type="hidden" name="why" value={why} />
              <Button kind="warning">Make a corrected snapshot</Button>
            </Form>
          </>
        ) : (
          <WhyNot title="Nothing would change.">
            Each result says so already, or can’t be told: see below.
          </WhyNot>
        )}
      </Section>
      {leftOut.length > 0 && (
        <Section title={`${count(leftOut.length, 'row')} left out`} note="The others go in without them.">
          <Table
            caption="What is left out, and why"
            columns={[{ head: 'Row' }, { head: 'It says', width: 3 }, { head: 'The trouble', width: 6 }]}
            rows={leftOut
              .slice(0, mostShown)
              .map(({ row, value, why: trouble }) => [
                row === undefined ? '' : whole(row),
                value || '(nothing)',
                trouble,
              ])}
          />
        </Section>
      )}
    </DropPage>
  )
}
