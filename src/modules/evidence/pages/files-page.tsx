import { NotHere } from '../../../kernel/refusal.ts'
import { may, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Empty,
  FileUpload,
  Form,
  Input,
  type Problem,
  Section,
  Select,
  Table,
} from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { LeaversForm } from '../components/leavers-form.tsx'
import { type DeliveryRow, deliveries } from '../deliveries/index.ts'
import { deliveriesUnderWay } from '../deliveries/work/index.ts'
import { importers } from '../imports/formats/catalogue.ts'
import { deliveryDoing } from './delivery-work-page.tsx'
import { DropPage, dropCrumbs, momentName, settingOf } from './drop-frame.tsx'

export interface FilesTold {
  readonly problems?: readonly Problem[]
  readonly done?: string
}

/** For whom a viewer may send a file of the record: the whole trust, or schools. */
async function sendersOf(viewer: Viewer) {
  const reach = schoolsWhere(viewer, 'send results')
  const all = await schools(viewer)
  return {
    trust: may(viewer, 'send results') || may(viewer, 'keep schools'),
    schools: reach === 'all' ? all : all.filter(({ id }) => reach.includes(id)),
  }
}

/** Files that are not results of a drop: schools, pupils, classes, staff. @throws NotHere for those who neither send nor see files. */
export async function filesPage(viewer: Viewer, told: FilesTold = {}) {
  if (
    !mayAnywhere(viewer, 'send results') &&
    !mayAnywhere(viewer, 'see files') &&
    !may(viewer, 'keep schools')
  )
    throw new NotHere()
  const setting = await settingOf(viewer)
  const works = await deliveriesUnderWay(viewer)
  const [all, senders] = [await deliveries(viewer), await sendersOf(viewer)]
  const names = new Map((await schools(viewer)).map(({ id, shortName }) => [id, shortName]))
  const whole = setting.trust.name
  return (
    <DropPage
      setting={setting}
      title="Files for the record"
      purpose="Schools, pupils, classes, staff, registers and events as other systems have them. What would change is shown first; nothing changes until you say so."
      crumbs={dropCrumbs(undefined, { text: 'Files for the record' })}
      problems={told.problems}
      done={told.done}
    >
      <Section
        title="What has come"
        aside={
          mayAnywhere(viewer, 'send results') && (
            <>
              {may(viewer, 'keep schools') && (
                <>
                  <a href="/membership">Schools that join, leave and merge</a> ·{' '}
                </>
              )}
              <a href="/questions">Questions about rolls</a> ·{' '}
              <a href="/files/keys">Keys for sending files</a>
            </>
          )
        }
      >
        {works.length > 0 && (
          <ul class="govuk-list">
            {works.map((work) => (
              <li>
                {deliveryDoing[work.wish.deed]}: <a href={`/files/work/${work.id}`}>{work.file}</a>{' '}
                <span class="small">
                  asked for {momentName(work.askedAt)}
                  {work.by && `, ${work.by}`}
                </span>
              </li>
            ))}
          </ul>
        )}
        {all.length === 0 ? (
          <Empty>
            Nothing has come yet. Each file that is sent stands here, with who sent it and what it changed.
          </Empty>
        ) : (
          <Table
            caption="Files for the record, the latest first"
            columns={[
              { head: 'File', width: 3 },
              { head: 'What it is', width: 4 },
              { head: 'Where it stands', width: 3 },
              { head: 'Sent' },
            ]}
            rows={all.map((one) => [
              <a href={`/files/${one.id}`}>{one.upload.name}</a>,
              <>
                {one.says}
                <br />
                <span class="small">{one.school === null ? whole : names.get(one.school)}</span>
              </>,
              standing(one),
              <span class="small">{`${momentName(one.upload.at)}${one.upload.by ? `, ${one.upload.by}` : ''}`}</span>,
            ])}
          />
        )}
      </Section>
      {(senders.trust || senders.schools.length > 0) && (
        <Section title="Send a file">
          <Form action="/files" files>
            <FileUpload
              name="file"
              label="The file"
              hint={`${importers.map(({ name }) => name).join('; ')}. It is recognised by what is in it. Mark sheets go to a drop instead.`}
            />
            {senders.schools.length + Number(senders.trust) > 1 && (
              <Select
                name="school"
                label="Whose it is"
                options={[
                  ...(senders.trust ? [{ value: '', text: `${whole}, or several schools` }] : []),
                  ...senders.schools.map(({ id, name }) => ({ value: String(id), text: name })),
                ]}
              />
            )}
            {senders.trust && (
              <Input
                name="only"
                label="Of a national extract, only this group (if it has another name than the trust)"
                hint="Its UID, or its name as GIAS has it."
                class="govuk-input--width-20"
              />
            )}
            <Button once>Send the file</Button>
          </Form>
        </Section>
      )}
      {senders.schools.length > 0 && (
        <Section
          title="Leavers as a transfer file"
          note="What the school knows of pupils who have left, as the Common Transfer File that their next school reads. Who took it stands in the history."
        >
          <LeaversForm schools={senders.schools} today={viewer.today} />
        </Section>
      )}
    </DropPage>
  )
}

const standing = ({ ended, undone }: DeliveryRow): string =>
  undone
    ? `Undone, ${momentName(undone.at)}${undone.by ? `, ${undone.by}` : ''}`
    : ended
      ? `${ended.step === 'put in' ? 'On record' : 'Set aside'}, ${momentName(ended.at)}${ended.by ? `, ${ended.by}` : ''}`
      : 'Waits for somebody to look at it'
