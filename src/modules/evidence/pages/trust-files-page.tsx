import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Problem, Section } from '../../../ui/index.ts'
import { AskedFor } from '../components/asked-for.tsx'
import { FileList } from '../components/file-list.tsx'
import { UnderWay } from '../components/under-way.tsx'
import { UploadForm } from '../components/upload-form.tsx'
import { dropTitle } from '../drops/domain/drop.ts'
import { askedIn } from '../drops/queries/assessments.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { importsOf } from '../imports/index.ts'
import { workUnderWay } from '../imports/work/index.ts'
import { DropPage, dropCrumbs, dropThread, settingOf } from './drop-frame.tsx'

export interface TrustFilesTold {
  readonly problems?: readonly Problem[]
  /** The import of the very same file that was just sent a second time. */
  readonly same?: number
}

/** Files that hold results of several schools, for who sends for the whole trust. @throws NotHere for anybody else. */
export async function trustFilesPage(viewer: Viewer, code: string, told: TrustFilesTold = {}) {
  const drop = await dropByCode(viewer, code)
  if (!may(viewer, 'see files')) throw new NotHere()
  const setting = await settingOf(viewer)
  const files = await importsOf(viewer, drop.id, null)
  return (
    <DropPage
      setting={setting}
      title={`${dropTitle(drop)} drop: files of the whole trust`}
      purpose="One file for several schools, with a column that names the school of each row by URN, LAESTAB, name or code."
      crumbs={dropCrumbs(drop, { text: 'Files of the whole trust' })}
      thread={dropThread(setting, drop)}
      problems={told.problems}
    >
      <Section title={files.length ? 'Files so far' : 'Send a file'}>
        <UnderWay
          works={await workUnderWay(viewer, { drop: drop.id, school: null })}
          path={`/drops/${code}`}
        />
        <FileList files={files} path={`/drops/${code}`} school="the trust’s own systems" />
        {may(viewer, 'send results') && (
          <UploadForm
            drop={drop}
            action={`/drops/${code}/files`}
            today={viewer.today}
            again={files.length > 0}
            same={told.same}
          />
        )}
      </Section>
      <Section title="What is asked for">
        <AskedFor drop={drop} asked={await askedIn(viewer, drop)} />
      </Section>
    </DropPage>
  )
}
