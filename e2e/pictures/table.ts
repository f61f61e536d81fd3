import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import * as files from '../files.ts'
import type { Picture } from './picture.ts'

const press = (page: Page, name: RegExp | string) => page.getByRole('button', { name }).first().click()

/** Sends a file for the record and waits for the page of what it would change. */
const sending =
  (file: (data: string) => files.Chosen, school?: string): Picture['after'] =>
  async (page, data) => {
    await page.setInputFiles('input[type=file]', file(data))
    const whose = page.getByLabel('Whose it is')
    if (school) await whose.selectOption({ label: school })
    await press(page, 'Send the file')
    await page.getByRole('button', { name: 'Put it on record' }).waitFor()
  }

const putting =
  (...sent: Parameters<typeof sending>): Picture['after'] =>
  async (page, data) => {
    await sending(...sent)!(page, data)
    await press(page, 'Put it on record')
    await page.getByText('It is on record').waitFor()
  }

const sample = (data: string, school: string) => {
  const folder = join(data, 'sample-files')
  return join(folder, readdirSync(folder).find((name) => name.startsWith(school))!)
}

/** The guide’s pictures, in the order in which they are taken: what one does, the next ones see. */
export const pictures: readonly Picture[] = [
  { file: 'trust', as: 'Amara Okafor', at: '/trust', height: 1100 },
  { file: 'school', as: 'Amara Okafor', at: '/schools/saltmarsh', height: 1100 },
  { file: 'figure', as: 'Amara Okafor', at: '/schools/saltmarsh', after: openFigure, height: 1100 },
  {
    file: 'pupil',
    as: 'Amara Okafor',
    at: '/schools/saltmarsh',
    after: async (page) => {
      await openFigure(page)
      await page.goto(`${page.url()}/pupils`)
      await page.locator('main a[href^="/pupils/"]').first().click()
      await page.getByRole('heading', { name: 'Attainment' }).waitFor()
    },
    height: 1000,
  },
  { file: 'class', as: 'Grace Coker', at: '/', height: 900 },
  { file: 'trustee', as: 'Helen Marsh', at: '/schools/saltmarsh', height: 1000 },
  { file: 'readiness', as: 'Priya Raman', at: '/drops/2026-spring', height: 1100 },
  { file: 'send-a-file', as: 'Dan Fry', at: '/drops/2026-spring/schools/saltmarsh' },
  {
    file: 'import',
    as: 'Neil Hart',
    at: '/drops/2026-spring/schools/gull-rock',
    after: async (page, data) => {
      await page.setInputFiles('input[type=file]', sample(data, 'gull-rock'))
      await press(page, 'Send the file')
      await page.getByText('Windows text (1252)').waitFor({ timeout: 60_000 })
    },
    height: 1200,
  },
  {
    file: 'several-scales',
    as: 'Neil Hart',
    at: '/drops/2026-spring/schools/gull-rock',
    after: async (page, data) => {
      await page.setInputFiles('input[type=file]', files.severalScales(data))
      await press(page, 'Send the file')
      await page.getByRole('heading', { name: 'rows need you' }).waitFor()
    },
    from: 'rows need you',
  },
  { file: 'questions', as: 'Priya Raman', at: '/drops/2026-spring/schools/harbour-lane/questions' },
  { file: 'checks', as: 'Priya Raman', at: '/drops/2026-spring/checks' },
  { file: 'roster', as: 'Priya Raman', at: '/files', after: sending(files.roster) },
  { file: 'schools-from-gias', as: 'Priya Raman', at: '/files', after: sending(files.establishments) },
  {
    file: 'transfer-file',
    as: 'Ruth Kemp',
    at: '/files',
    after: sending(files.transfer),
  },
  { file: 'leavers', as: 'Ruth Kemp', at: '/files', from: 'Leavers as a transfer file', height: 600 },
  {
    file: 'register',
    as: 'Siân Morgan',
    at: '/files',
    after: sending(files.register),
  },
  {
    file: 'shared-test',
    as: 'Siân Morgan',
    at: '/files',
    after: async (page, data) => {
      await putting(files.sharedTest)!(page, data)
      await page.goto('/tests')
      await page.getByRole('link', { name: 'Year 5 arithmetic' }).click()
    },
  },
  { file: 'every-figure', as: 'Ruth Kemp', at: '/schools/saltmarsh/figures', from: 'Attendance' },
  { file: 'grades', as: 'Priya Raman', at: '/schools/northquay/subjects/mathematics/grades', height: 1000 },
  {
    file: 'keys',
    as: 'Dan Fry',
    at: '/files/keys',
    after: async (page) => {
      await page.getByLabel('What it is for').fill('Nightly export from the school’s MIS')
      await press(page, 'Make the key')
      await page.getByRole('heading', { name: 'The new key' }).waitFor()
      await page.locator('.govuk-inset-text code').evaluate((code: { textContent: string }) => {
        code.textContent = `thr_1_${'•'.repeat(43)}`
      })
    },
  },
  { file: 'schools-join-leave-merge', as: 'Priya Raman', at: '/membership' },
  {
    file: 'a-school-leaves',
    as: 'Priya Raman',
    at: '/membership/gull-rock/leave?last-day=31&last-month=8&last-year=2026',
    height: 1000,
  },
  {
    file: 'move-a-pupil',
    as: 'Priya Raman',
    at: '/schools/saltmarsh',
    after: async (page) => {
      await page.goto('/search?q=tierney')
      await page.locator('a[href^="/pupils/"]').first().click()
      await page.getByRole('link', { name: 'change school' }).click()
      await page.getByLabel('To which school').selectOption({ label: 'Gull Rock Primary School' })
      for (const [part, text] of [
        ['Day', '2'],
        ['Month', '3'],
        ['Year', '2026'],
      ] as const)
        await page.getByLabel(part, { exact: true }).fill(text)
      await press(page, 'Show what follows')
      await page.getByRole('button', { name: 'Record the move' }).waitFor()
    },
  },
  {
    file: 'split-a-class',
    as: 'Ruth Kemp',
    at: '/schools/saltmarsh',
    after: async (page) => {
      await page.locator('a[href^="/schools/saltmarsh/classes/"]').first().click()
      await page.getByRole('link', { name: 'Split this class, or give it another name' }).click()
      await page.getByLabel('Name of the first new class').fill('4C1')
    },
  },
  {
    file: 'undo-a-file',
    as: 'Priya Raman',
    at: '/files',
    after: putting(files.roster),
    from: 'Undo it',
    height: 700,
  },
  { file: 'questions-about-rolls', as: 'Priya Raman', at: '/questions' },
  {
    file: 'correct',
    as: 'Priya Raman',
    at: '/drops/2025-autumn/corrections',
    after: async (page, data) => {
      await page.getByLabel('UPN of the pupil').fill(files.gullRockPupils(data).at(-1)!.upn)
      await page.getByLabel('Assessment').selectOption({ index: 1 })
      await page.getByLabel('The result as it should have been').fill('104')
      await page.getByLabel('Why does it change?').fill('Re-marked: page 4 was missed.')
    },
  },
  {
    file: 'break-glass',
    as: 'Dan Fry',
    at: '/break-glass',
    after: async (page, data) => {
      await page.getByLabel('School', { exact: true }).selectOption({ label: 'Gull Rock' })
      await page.getByLabel('UPN of the pupil').fill(files.gullRockPupils(data).at(-1)!.upn)
      await page
        .getByLabel('Why do you need to see it now?')
        .fill('An uncle asks at our gate who may collect the child.')
    },
    height: 900,
  },
  {
    file: 'glass-broken',
    as: 'Dan Fry',
    at: '/break-glass',
    after: async (page, data) => {
      await page.getByLabel('School', { exact: true }).selectOption({ label: 'Gull Rock' })
      await page.getByLabel('UPN of the pupil').fill(files.gullRockPupils(data).at(-1)!.upn)
      await page
        .getByLabel('Why do you need to see it now?')
        .fill('An uncle asks at our gate who may collect the child.')
      await press(page, /Break the glass/)
      await page.goto('/break-glass')
      await page.locator('main a[href^="/pupils/"]').first().click()
    },
  },
  {
    file: 'audit-trail',
    as: 'Priya Raman',
    at: '/audit',
    height: 900,
  },
  { file: 'erase-a-pupil', as: 'Priya Raman', at: '/pupils/1/erase', height: 1000 },
  { file: 'keep-and-let-go', as: 'Priya Raman', at: '/keeping', height: 1000 },
  {
    file: 'merge-two-records',
    as: 'Priya Raman',
    at: '/keeping/join',
    after: async (page) => {
      await page.getByRole('link', { name: 'Compare' }).first().click()
      await page.getByRole('heading', { name: 'What both hold' }).waitFor()
    },
    height: 900,
  },
  { file: 'whole-record', as: 'Priya Raman', at: '/pupils/1/record' },
  { file: 'data-protection', as: 'Priya Raman', at: '/data-protection' },
  { file: 'invite', as: 'Priya Raman', at: '/people/invite?role=headteacher' },
  {
    file: 'staff-file',
    as: 'Priya Raman',
    at: '/people/file',
    after: async (page) => {
      await page.setInputFiles('input[type=file]', files.staff())
      await press(page, 'Check the file')
      await page.getByRole('heading', { name: 'Rows that are left out' }).waitFor()
    },
  },
  { file: 'directory', as: 'Priya Raman', at: '/people/sign-in/directory' },
  { file: 'how-people-sign-in', as: 'Priya Raman', at: '/people/sign-in' },
  {
    file: 'how-you-sign-in',
    as: 'Amara Okafor',
    at: '/account/ways',
    after: async (page) => {
      await press(page, 'Set up an app')
      await page.getByRole('img', { name: 'QR code' }).waitFor()
    },
  },
  { file: 'where-to-look', as: 'Amara Okafor', at: '/trust/findings?drop=2025-autumn' },
  {
    file: 'read-value-added',
    as: 'Amara Okafor',
    at: '/trust/value-added?drop=2025-autumn&measure=grade-mathematics',
    height: 1000,
  },
  {
    file: 'read-a-funnel',
    as: 'Amara Okafor',
    at: '/trust/funnel?drop=2025-autumn&measure=persistent-absence&phase=primary',
    height: 1000,
  },
  { file: 'gaps', as: 'Helen', at: '/trust/gaps?drop=2025-autumn&measure=reading-expected&year=6' },
  {
    file: 'objective-of-a-finding',
    as: 'Amara Okafor',
    at: '/trust/findings?drop=2025-autumn',
    after: async (page) => {
      await page.getByRole('link', { name: 'Take up, watch or set aside' }).first().click()
      await page.getByRole('link', { name: 'Make an objective of it' }).click()
      await page.getByRole('heading', { name: 'Make an objective of it' }).waitFor()
    },
    height: 1000,
  },
  {
    file: 'bring-a-document',
    as: 'Ruth Kemp',
    at: '/improvement/evaluations',
    after: async (page) => {
      await openEvaluation(page)
      await page.getByRole('link', { name: 'Bring an existing document' }).click()
      await page.setInputFiles('input[type=file]', files.selfEvaluation())
      await press(page, 'See where it would go')
      await page.getByRole('heading', { name: 'Its parts' }).waitFor()
    },
    height: 1000,
  },
  {
    file: 'what-changed',
    as: 'Ruth Kemp',
    at: '/improvement/evaluations',
    after: async (page) => {
      await openEvaluation(page)
      await page.getByRole('link', { name: 'What changed' }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
  },
  {
    file: 'templates',
    as: 'Ruth Kemp',
    at: '/improvement',
    after: async (page) => {
      await page.locator('main a[href^="/improvement/plans/"]').first().click()
      await page.getByRole('link', { name: 'start from a template' }).click()
      await page.getByRole('heading', { name: 'For everyone' }).waitFor()
    },
  },
  { file: 'system', as: 'Priya Raman', at: '/system', height: 1000 },
]

async function openEvaluation(page: Page) {
  await page.locator('main a[href$="/improvement/evaluations/3"]').first().click()
  await page.getByRole('heading', { level: 1, name: 'self-evaluation' }).waitFor()
}

async function openFigure(page: Page) {
  await page.locator('a[href*="/figure/reading"][href*="saltmarsh"]').first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}
