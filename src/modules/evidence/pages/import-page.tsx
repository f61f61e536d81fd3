import { whole } from '../../../kernel/numbers.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Columns,
  Form,
  type ImportStep,
  ImportSteps,
  type Problem,
  Section,
} from '../../../ui/index.ts'
import { audit } from '../../access/index.ts'
import { ColumnsAsRead } from '../components/columns-as-read.tsx'
import { IfPublished, Outcome } from '../components/if-published.tsx'
import { OtherSheet } from '../components/other-sheet.tsx'
import { RowsThatNeedYou } from '../components/rows-that-need-you.tsx'
import { dropTitle } from '../drops/domain/drop.ts'
import { type ImportPage, importPage } from '../imports/index.ts'
import { DropPage, dropCrumbs, dropThread, momentName, settingOf } from './drop-frame.tsx'

/** Which import an address names: in a school's task, or (no slug) a file of the whole trust. */
export interface ImportAddress {
  readonly code: string
  readonly slug?: string
  readonly id: number
}

export const importPath = ({ code, slug, id }: ImportAddress): string =>
  `/drops/${code}${slug ? `/schools/${slug}` : ''}/imports/${id}`

/** @throws NotHere when there is none, it is another school's, or the viewer may not see its file. */
export async function importAt(viewer: Viewer, address: ImportAddress): Promise<ImportPage> {
  const page = await importPage(viewer, address.id)
  if (page.drop.code !== address.code || page.school?.slug !== address.slug) throw new NotHere()
  return page
}

export interface ImportTold {
  readonly done?: string
  readonly problems?: readonly Problem[]
}

/** The conversation about one file: what we understood, what needs a person, what publishing would do. */
export async function importPageOf(viewer: Viewer, address: ImportAddress, told: ImportTold = {}) {
  const page = await importAt(viewer, address)
  const setting = await settingOf(viewer)
  const school = page.school?.id
  const maySend = may(viewer, 'send results', school === undefined ? {} : { school })
  await audit(viewer, {
    deed: 'saw import',
    subject: 'evidence.import',
    id: page.id,
    school: school ?? null,
    detail: { file: page.file.name },
  })
  const path = importPath(address)
  const name = page.school?.shortName ?? setting.trust.name
  const ended = Boolean(page.published ?? page.undone ?? page.abandoned)
  const up = page.school
    ? { text: name, href: `/drops/${address.code}/schools/${address.slug}` }
    : { text: 'Files of the whole trust', href: `/drops/${address.code}/files` }
  return (
    <DropPage
      setting={setting}
      title={`${name}: ${page.drop.name.toLowerCase()} results`}
      windowTitle={`${page.file.name}, ${name}`}
      purpose="Check what we understood from the file. Nothing changes anywhere until you publish, and you can undo it after."
      crumbs={dropCrumbs(page.drop, up, { text: page.file.name })}
      asAt={[
        page.file.name,
        `${whole(page.reading.rows)} rows, ${page.columns.length} columns, read as ${page.reading.encoding}${page.reading.sheet ? `, sheet ${page.reading.sheet}` : ''}`,
        `Uploaded${page.file.by ? ` by ${page.file.by}` : ''}, ${momentName(page.file.at)}`,
        <a href={`${path}/file`}>The file as it came</a>,
      ]}
      thread={dropThread(
        setting,
        page.drop,
        `${dropTitle(page.drop)} drop, ${page.school ? `${name}’s file` : 'a file of all schools'}`,
      )}
      done={told.done}
      problems={told.problems}
      foot={[
        page.school
          ? `Only ${name} and the trust’s data team can see this page. It names pupils, so opening it is recorded.`
          : 'Only the trust’s data team can see this page. It names pupils, so opening it is recorded.',
      ]}
    >
      <ImportSteps steps={stepsOf(page, path)} />
      <SameFile page={page} address={address} />
      {!ended && maySend && <OtherSheet page={page} path={path} />}
      {ended ? (
        <Columns split="wide-first">
          <div>
            {page.checked && <RowsThatNeedYou checked={page.checked} off />}
            <ColumnsAsRead page={page} />
          </div>
          <Outcome page={page} path={path} />
        </Columns>
      ) : (
        <Form action={`${path}/rows`}>
          <Columns split="wide-first">
            <div>
              {page.checked ? (
                <RowsThatNeedYou checked={page.checked} off={!maySend} />
              ) : (
                <ToCheck page={page} path={path} />
              )}
              <ColumnsAsRead page={page} change={maySend ? `${path}/columns` : undefined} />
            </div>
            <IfPublished page={page} path={path} maySend={maySend} />
          </Columns>
        </Form>
      )}
    </DropPage>
  )
}

const ToCheck = ({ page, path }: { page: ImportPage; path: string }) => (
  <Section title={page.steps.mapped.ok ? 'Next, check the rows' : 'Say first what each column is'}>
    {!page.steps.mapped.ok && <p>{page.steps.mapped.because}</p>}
    <div class="buttons">
      {page.steps.mapped.ok ? (
        <Button>Check the rows</Button>
      ) : (
        <Button href={`${path}/columns`}>Match the columns</Button>
      )}
    </div>
  </Section>
)

function stepsOf(page: ImportPage, path: string): ImportStep[] {
  const { steps } = page
  const published = Boolean(page.published)
  const at = published ? 4 : steps.publishable.ok ? 3 : steps.mapped.ok ? 2 : 1
  const words = [
    'Uploaded',
    'Columns matched',
    at > 2 ? 'Rows checked' : 'Checking rows',
    page.undone ? 'Undone' : page.abandoned ? 'Set aside' : published ? 'Published' : 'Publish',
    'Undo, until the drop is locked',
  ]
  return words.map((text, step) => ({
    text,
    state: step < at ? 'past' : step === at ? 'now' : 'to come',
    ...(step === 1 && at < 4 && !page.undone && !page.abandoned ? { href: `${path}/columns` } : {}),
  }))
}

const SameFile = ({ page, address }: { page: ImportPage; address: ImportAddress }) => {
  const [earlier] = page.sameFile
  if (!earlier || page.published) return null
  return (
    <p class="small">
      This very file came before, {momentName(earlier.at)}
      {earlier.by ? ` from ${earlier.by}` : ''}:{' '}
      <a href={importPath({ ...address, id: earlier.id })}>
        {earlier.published ? `it was published as snapshot ${earlier.published}` : 'it was not published'}
      </a>
      .
    </p>
  )
}
