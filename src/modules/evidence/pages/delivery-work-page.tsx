import type { Viewer } from '../../../platform/viewer.ts'
import { Progress } from '../../../ui/index.ts'
import { type DeliveryWork, deliveryWorkAndProgress } from '../deliveries/work/index.ts'
import { DropPage, dropCrumbs, momentName, settingOf } from './drop-frame.tsx'

export const deliveryDoing: Record<DeliveryWork['wish']['deed'], string> = {
  read: 'Reading the file',
  'put in': 'Putting it on record',
}

const next: Record<DeliveryWork['wish']['deed'], string> = {
  read: 'When it is read, this page turns into what it would change. Nothing changes until you say so.',
  'put in': 'All of it goes in together or none does.',
}

/** How far the work on a file for the record has come. Reloads itself, and can be left. @throws NotHere */
export async function deliveryWorkPage(viewer: Viewer, job: string) {
  const { wish, file, by, askedAt, progress } = await deliveryWorkAndProgress(viewer, job)
  const doing = deliveryDoing[wish.deed]
  return (
    <DropPage
      setting={await settingOf(viewer)}
      refresh={2}
      title={doing}
      windowTitle={`${doing}, ${file}`}
      purpose={next[wish.deed]}
      crumbs={dropCrumbs(undefined, { text: 'Files for the record', href: '/files' }, { text: file })}
      asAt={[file, `Asked for${by ? ` by ${by}` : ''}, ${momentName(askedAt)}`]}
    >
      <Progress doing={doing} done={0}>
        {progress.state === 'waiting'
          ? 'Waiting for its turn: other files are being worked on.'
          : 'It is being worked on. You can leave this page: what came of it stands under Files for the record.'}
      </Progress>
    </DropPage>
  )
}
