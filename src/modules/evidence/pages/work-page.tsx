import { NotHere } from '../../../kernel/refusal.ts'
import type { JobProgress } from '../../../platform/jobs.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type ImportStep, ImportSteps, Progress } from '../../../ui/index.ts'
import { schoolBySlug } from '../../organisation/index.ts'
import { dropTitle } from '../drops/domain/drop.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { doing, type FileWork, workAndProgress } from '../imports/work/index.ts'
import { DropPage, dropCrumbs, dropThread, momentName, settingOf } from './drop-frame.tsx'

/** Which work an address names: on a school's file, or (no slug) on a file of the whole trust. */
export interface WorkAddress {
  readonly code: string
  readonly slug?: string
  readonly job: string
}

export const workPath = ({ code, slug, job }: WorkAddress): string =>
  `/drops/${code}${slug ? `/schools/${slug}` : ''}/work/${job}`

/** @throws NotHere when there is none, it is another school's, or the viewer may not see its file. */
export async function workAt(viewer: Viewer, { code, slug, job }: WorkAddress) {
  const work = await workAndProgress(viewer, job)
  const school = slug ? await schoolBySlug(viewer, slug) : undefined
  if (work.drop !== code || work.school !== (school?.id ?? null)) throw new NotHere()
  return { work, school }
}

/** `about 20 seconds left`, once there is something to tell it by. */
export function timeLeft({ done, of, startedAt, changedAt }: JobProgress): string | undefined {
  if (of === 0 || done / of < 0.15) return undefined
  const spent = (changedAt.getTime() - startedAt.getTime()) / 1000
  const seconds = (spent * (of - done)) / done
  if (seconds < 2) return undefined
  return seconds < 100
    ? `about ${seconds < 10 ? Math.ceil(seconds) : Math.ceil(seconds / 10) * 10} seconds left`
    : `about ${Math.ceil(seconds / 60)} minutes left`
}

const next: Record<FileWork['deed'], string> = {
  read: 'When it is read, this page turns into what we understood of it. Nothing counts until you publish.',
  columns: 'When the rows are checked, this page turns into what needs you.',
  rows: 'When the rows are checked, this page turns into what needs you.',
  publish: 'All of it goes in together or none does. You can undo it until the drop is locked.',
  undo: 'What stood before comes back, as a new snapshot.',
}

const at: Record<FileWork['deed'], number> = { read: 1, columns: 2, rows: 2, publish: 3, undo: 4 }

const steps = (deed: FileWork['deed']): ImportStep[] =>
  ['Uploaded', 'Columns matched', 'Checking rows', 'Publish', 'Undo, until the drop is locked'].map(
    (text, step) => ({ text, state: step < at[deed] ? 'past' : step === at[deed] ? 'now' : 'to come' }),
  )

/** How far the work on one file has come. Reloads itself, and can be left. */
export async function workPage(viewer: Viewer, address: WorkAddress) {
  const { work, school } = await workAt(viewer, address)
  const setting = await settingOf(viewer)
  const drop = await dropByCode(viewer, address.code)
  const { progress } = work
  const name = school?.shortName ?? setting.trust.name
  const left = timeLeft(progress)
  const up = school
    ? { text: name, href: `/drops/${address.code}/schools/${address.slug}` }
    : { text: 'Files of the whole trust', href: `/drops/${address.code}/files` }
  return (
    <DropPage
      setting={setting}
      refresh={2}
      title={`${name}: ${doing[work.deed].toLowerCase()}`}
      windowTitle={`${doing[work.deed]}, ${work.file}`}
      purpose={next[work.deed]}
      crumbs={dropCrumbs(drop, up, { text: work.file })}
      asAt={[work.file, `Asked for${work.by ? ` by ${work.by}` : ''}, ${momentName(work.askedAt)}`]}
      thread={dropThread(
        setting,
        drop,
        `${dropTitle(drop)} drop, ${school ? `${name}’s file` : 'a file of all schools'}`,
      )}
    >
      <ImportSteps steps={steps(work.deed)} />
      {progress.of > 0 ? (
        <Progress doing={doing[work.deed]} done={progress.done} of={progress.of}>
          {progress.words}
          {left && `, ${left}`}.
        </Progress>
      ) : (
        <Progress doing={doing[work.deed]} done={0}>
          {progress.state === 'waiting'
            ? 'Waiting for its turn: other files are being worked on.'
            : 'Beginning.'}
        </Progress>
      )}
    </DropPage>
  )
}
