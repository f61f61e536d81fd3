import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  demoFolder,
  expectAccessibleNarrow,
  openBrowser,
  type Running,
  serve,
  signedIn,
  withoutScript,
} from './browser.ts'
import * as files from './files.ts'

let browser: Browser
let server: Running
let remove = () => {}

beforeAll(async () => {
  const demo = await demoFolder()
  remove = demo.remove
  server = await serve(demo.data)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  remove()
})

const press = (page: Page, name: RegExp | string) => page.getByRole('button', { name }).first().click()
const words = async (page: Page) => ((await page.textContent('main')) ?? '').replace(/\s+/g, ' ')

/** Sends a file for the record as this person; the page is then of what it would change. */
async function sent(who: string, file: files.Chosen): Promise<Page> {
  const page = await signedIn(browser, server, who, withoutScript)
  await page.goto('/files')
  await expectAccessibleNarrow(page)
  await page.setInputFiles('input[type=file]', file)
  await press(page, 'Send the file')
  await page.getByRole('heading', { name: 'What would change' }).waitFor()
  await expectAccessibleNarrow(page)
  return page
}

async function putIn(page: Page): Promise<void> {
  await press(page, 'Put it on record')
  await page.getByText('It is on record.').waitFor()
  await expectAccessibleNarrow(page)
}

describe('Files that other systems write', () => {
  it('a OneRoster package brings pupils, a teacher and classes, and the same one again is nothing new', async () => {
    const page = await sent('Priya Raman', files.roster())
    expect(await words(page)).toMatch(/Pupils ?2 ?0 ?0/)
    await putIn(page)
    await page.goto('/search?q=Moreau')
    await page.getByRole('link', { name: 'Moreau, Ines' }).click()
    expect(await words(page)).toContain('5K')
    await page.context().close()
    const again = await sent('Priya Raman', files.roster())
    expect(await words(again)).toContain('Nothing would change: all of it is on record already.')
    await again.context().close()
  })

  it('an extract of GIAS makes schools, and names the row that is none', async () => {
    const page = await sent('Priya Raman', files.establishments())
    expect(await words(page)).toContain('A URN has six digits, so this row names no school.')
    expect(await words(page)).toContain('has no LAESTAB')
    await putIn(page)
    await page.goto('/people/invite?role=headteacher')
    expect(await words(page)).toContain('Cockle Bay')
    await page.context().close()
  })

  it('a transfer file brings a newcomer, one for another school is refused, and leavers go out as one', async () => {
    const page = await sent('Ruth Kemp', files.transfer())
    expect(await words(page)).toContain('From Otter Vale Primary')
    await putIn(page)
    await page.goto('/search?q=Quayle')
    await page.getByRole('link', { name: 'Quayle, Marnie' }).waitFor()
    await page.goto('/files')
    await page.getByLabel('Who left from').fill('2025-07-01')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(page, 'Write the transfer file'),
    ])
    expect(download.suggestedFilename()).toMatch(/_CTF_.*\.xml$/i)
    expect(readFileSync(await download.path(), 'utf8')).toContain('<CTfile')
    await page.context().close()
    const elsewhere = await signedIn(browser, server, 'Siân Morgan', withoutScript)
    await elsewhere.goto('/files')
    await elsewhere.setInputFiles('input[type=file]', files.transfer())
    await press(elsewhere, 'Send the file')
    expect(await words(elsewhere)).toContain('This CTF is for another school')
    expect(await elsewhere.getByRole('heading', { name: 'What would change' }).count()).toBe(0)
    await expectAccessibleNarrow(elsewhere)
    await elsewhere.context().close()
  })

  it('registers and behaviour go to the open drop, and the figures follow', async () => {
    const page = await sent('Siân Morgan', files.register(server.data))
    expect(await words(page)).toContain('H was not a code of the register on 14 January 2026.')
    await putIn(page)
    await page.context().close()
    const second = await sent('Siân Morgan', files.behaviour(server.data))
    await putIn(second)
    await second.goto('/schools/gull-rock/figures?drop=2026-spring')
    expect(await words(second)).toContain('Late')
    await expectAccessibleNarrow(second)
    await second.context().close()
  })

  it('a shared test is read question by question', async () => {
    const page = await sent('Siân Morgan', files.sharedTest(server.data))
    await putIn(page)
    await page.goto('/tests')
    await expectAccessibleNarrow(page)
    await page.getByRole('link', { name: 'Year 5 arithmetic' }).click()
    expect(await words(page)).toContain('Fractions')
    await expectAccessibleNarrow(page)
    await page.context().close()
  })

  it('a mark sheet with several scales asks what each text means, once', async () => {
    const page = await signedIn(browser, server, 'Neil Hart', withoutScript)
    await page.setInputFiles('input[type=file]', files.severalScales(server.data))
    await press(page, 'Send the file')
    await page.getByRole('heading', { name: 'rows need you' }).waitFor()
    await expectAccessibleNarrow(page)
    for (const answer of await page.locator('main td select').all())
      if (!(await answer.inputValue())) await answer.selectOption('as:other scale')
    await press(page, /Keep these answers|Check again/)
    await press(page, /Publish as snapshot/)
    expect(await words(page)).toContain('Published')
    await page.context().close()
  })

  it('a key sends a school’s file from another program, once, and ends when it is revoked', async () => {
    const page = await signedIn(browser, server, 'Dan Fry', withoutScript)
    await page.goto('/files/keys')
    await expectAccessibleNarrow(page)
    await page.getByLabel('What it is for').fill('Nightly export')
    await press(page, 'Make the key')
    await expectAccessibleNarrow(page)
    const key = (await page.locator('.govuk-inset-text code').textContent())!
    const send = (secret: string, wait = 'wait=60') =>
      fetch(`${server.address}/api/v1/files?name=night.xlsx`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, prefer: wait, 'idempotency-key': 'night-1' },
        body: readFileSync(join(server.data, 'sample-files/saltmarsh-spring-2026.xlsx')),
      })
    const first = await send(key)
    expect(first.status).toBe(201)
    const { id, receipts } = (await first.json()) as {
      id: number
      receipts: readonly { readonly state: string; readonly page: string }[]
    }
    expect(receipts).toMatchObject([{ state: 'waits' }])
    expect(((await (await send(key, '')).json()) as { id: number }).id).toBe(id)
    await page.goto(receipts[0]!.page)
    expect(await words(page)).toContain('night.xlsx')
    await page.goto('/files/by-key')
    await expectAccessibleNarrow(page)
    await page.goto('/files/keys')
    await press(page, /Revoke/)
    expect((await send(key)).status).toBe(401)
    await page.context().close()
  })
})
