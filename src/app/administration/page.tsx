import { Hono } from 'hono'
import { dayName, londonDay, londonTime, minutesInWords } from '../../kernel/days.ts'
import { count, decimal } from '../../kernel/numbers.ts'
import type { Env } from '../../platform/http/env.ts'
import type { JobProgress } from '../../platform/jobs.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { Facts, Page, Section, Table } from '../../ui/index.ts'
import { ownVersion } from '../doctor/versions.ts'
import { type Administration, administration, type Store } from './query.ts'

const megabytes = (bytes: number) =>
  bytes >= 1e9 ? `${decimal(bytes / 1e9, 1)} GB` : `${decimal(bytes / 1e6, 1)} MB`

const workNames: Readonly<Record<string, string>> = {
  'access.glass-letter': 'Letter about a broken glass',
  'access.invitation': 'Invitation',
  'evidence.delivery': 'File for the record',
  'evidence.file': 'File of results',
  'evidence.letter': 'Letter about a drop',
  'evidence.sending': 'File sent by a key',
  'improvement.digest': 'Letter about actions',
  'measures.scan': 'Looking for differences',
}

const jobWords: Record<JobProgress['state'], string> = {
  waiting: 'waits',
  working: 'under way',
  done: 'done',
  failed: 'failed',
}

const moment = (at: Date) => `${dayName(londonDay(at))}, ${londonTime(at)}`

const backupWords = (at: Date | undefined): string =>
  at
    ? `${moment(at)}, ${minutesInWords((Date.now() - at.getTime()) / 60_000)} ago`
    : 'None has been made by the backup command. Make one today, and keep it somewhere else than this machine.'

/** Trouble first, each with what to do. */
const AdministrationView = ({ found, viewer }: { found: Administration; viewer: Viewer }) => {
  const trouble = found.findings.filter((finding) => !finding.well)
  const bytes = found.stores.reduce((sum: number, store: Store) => sum + store.bytes, 0)
  return (
    <Page
      viewer={viewer}
      trust={found.trust}
      nav="people"
      title="How the system is doing"
      purpose={
        trouble.length === 0
          ? 'Everything that was looked at is well. Look here when something seems slow, or a letter has not come.'
          : `${count(trouble.length, 'thing')} needs you; each says what to do.`
      }
      crumbs={[{ text: 'People', href: '/people' }, { text: 'The system' }]}
      asAt={[`Throughline ${ownVersion()}`, 'Looked at just now']}
    >
      <Section
        title={trouble.length ? 'What needs you' : 'What was looked at'}
        note="The same as throughline doctor says on the machine; doctor --thorough also compares the contents of every sealed file."
      >
        <Table
          caption="What was looked at, trouble first"
          narrow="stack"
          columns={[
            { head: 'What', width: 2 },
            { head: 'How it is', width: 1 },
            { head: 'In words', width: 6 },
          ]}
          rows={found.findings.map((finding) => [
            <b>{finding.name}</b>,
            finding.well ? 'well' : <b>trouble</b>,
            finding.words,
          ])}
        />
      </Section>
      <Section title="Storage and backup">
        <Facts
          items={[
            ...found.stores.map((store) => ({
              name: store.name,
              value: `${megabytes(store.bytes)} in ${count(store.files, 'file')}`,
            })),
            { name: 'Together', value: megabytes(bytes) },
            { name: 'Last backup', value: backupWords(found.backedUp) },
          ]}
        />
      </Section>
      <Section
        title="Long work"
        note="Imports, letters and other work that goes on when nobody waits, kept for 30 days."
      >
        <Table
          caption="The latest long work"
          narrow="stack"
          empty="No long work has been done yet."
          columns={[
            { head: 'Work', width: 3 },
            { head: 'State', width: 2 },
            { head: 'Last word', width: 3 },
            { head: 'How far', width: 5 },
          ]}
          rows={found.jobs.map((job) => [
            workNames[job.name] ?? job.name,
            jobWords[job.state],
            moment(job.changedAt),
            job.trouble ?? (job.words || (job.of ? `${job.done} of ${job.of}` : '')),
          ])}
        />
      </Section>
    </Page>
  )
}

export const administrationRoutes = (): Hono<Env> =>
  new Hono<Env>().get('/system', async (c) => {
    const viewer = c.get('viewer')
    return c.html(<AdministrationView found={await administration(viewer)} viewer={viewer} />)
  })
