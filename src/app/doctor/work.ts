import { minutesInWords } from '../../kernel/days.ts'
import { count } from '../../kernel/numbers.ts'
import type { House } from '../../platform/house.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Finding, unwell, well } from './finding.ts'

/** Work that says nothing for so long has most likely stopped. */
const stuckAfter = 30

export async function jobsFinding(house: House, viewers: readonly Viewer[]): Promise<Finding> {
  const jobs = (await Promise.all(viewers.map((viewer) => house.jobs.recent(viewer, 200)))).flat()
  const silent = ({ changedAt }: { changedAt: Date }) => (Date.now() - changedAt.getTime()) / 60_000
  const stuck = jobs.filter(
    (job) => (job.state === 'working' || job.state === 'waiting') && silent(job) > stuckAfter,
  )
  const failed = jobs.filter((job) => job.state === 'failed' && silent(job) < 24 * 60)
  if (stuck.length > 0)
    return unwell(
      'Long work',
      `${count(stuck.length, 'piece')} of work ${stuck.length === 1 ? 'has' : 'have'} said nothing for ${minutesInWords(silent(stuck[0]!))}, the oldest “${stuck[0]!.name}”. It goes on when Throughline is started again; it is made to stand being done twice.`,
    )
  if (failed.length > 0)
    return unwell(
      'Long work',
      `${count(failed.length, 'piece')} of work failed in the last day, the latest “${failed[0]!.name}”: ${failed[0]!.trouble ?? 'no reason was kept'}`,
    )
  return well(
    'Long work',
    `${count(jobs.length, 'piece')} in the last 30 days; none stuck, none failed today.`,
  )
}

export async function mailFinding({ config, mail }: House): Promise<Finding> {
  if (!config.smtpUrl)
    return well(
      'E-mail',
      'No mail server is set (SMTP_URL): letters are put into the outbox folder of the data folder.',
    )
  const { host } = new URL(config.smtpUrl)
  const trouble = await mail.check()
  return trouble
    ? unwell(
        'E-mail',
        `${host} does not take letters: ${trouble} Look at SMTP_URL, and whether the server can be reached from here.`,
      )
    : well('E-mail', `Goes out by ${host} as ${config.mailFrom}; the server answers.`)
}
