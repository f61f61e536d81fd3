import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFolder, expectAccessible, openBrowser, type Running, serve, signedIn } from './browser.ts'

/** A real mail server; it keeps what it was given. */
const letters: { to: string[]; text: string }[] = []
const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    let text = ''
    stream.on('data', (part) => (text += part))
    stream.on('end', () => {
      letters.push({ to: session.envelope.rcptTo.map((to) => to.address), text })
      done()
    })
  },
})

let browser: Browser
let server: Running
let remove = () => {}

beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const listening = mailServer.listen(0, '127.0.0.1', () =>
      resolve((listening.address() as { port: number }).port),
    )
  })
  const demo = await demoFolder()
  remove = demo.remove
  server = await serve(demo.data, { SMTP_URL: `smtp://127.0.0.1:${port}` })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await new Promise<void>((resolve) => mailServer.close(() => resolve()))
  remove()
})

const sample = (school: string) => {
  const folder = join(server.data, 'sample-files')
  return join(folder, readdirSync(folder).find((name) => name.startsWith(school))!)
}
const until = async (holds: () => boolean, what: string) => {
  for (let attempt = 0; !holds(); attempt++) {
    if (attempt > 300) throw new Error(`Waited in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const button = (page: Page, name: RegExp | string) => page.getByRole('button', { name })
const withoutScript = { javaScriptEnabled: false }
let saltmarshFigure = ''
let saltmarshValue = ''

describe('From a school’s raw file to figures a trust can trust', () => {
  it('the data lead sees that the system itself is well; a headteacher has no such page', async () => {
    const page = await signedIn(browser, server, 'Priya Raman')
    await page.goto('/people')
    await page
      .getByRole('button', { name: 'The system' })
      .or(page.getByRole('link', { name: 'The system' }))
      .click()
    expect(await page.textContent('h1')).toBe('How the system is doing')
    await expectAccessible(page)
    const ruth = await signedIn(browser, server, 'Ruth Kemp')
    expect((await ruth.goto('/system'))!.status()).toBe(404)
    await page.context().close()
    await ruth.context().close()
  })

  it('the data lead sees who is late, and reminds them by e-mail', async () => {
    const page = await signedIn(browser, server, 'Priya Raman')
    await page.goto('/drops/2026-spring')
    await expectAccessible(page)
    await page.getByRole('link', { name: /Remind/ }).click()
    expect(await page.textContent('main')).toContain('Dan Fry')
    await button(page, /Send|Remind/).click()
    await until(() => letters.length >= 2, 'two letters')
    expect(letters.flatMap((letter) => letter.to).join(' ')).toContain('dan')
    expect(letters[0]!.text).toContain('/drops/2026-spring/schools/')
  })

  it('Saltmarsh’s data manager sees one task, sends an Excel mark sheet, mends three rows and publishes, without JavaScript', async () => {
    const page = await signedIn(browser, server, 'Dan Fry', withoutScript)
    expect(page.url()).toContain('/drops/2026-spring/schools/saltmarsh')
    await page.setInputFiles('input[type=file]', sample('saltmarsh'))
    await button(page, 'Send the file').click()
    await page.getByRole('heading', { name: 'rows need you' }).waitFor({ timeout: 120_000 })
    const words = await page.textContent('main')
    expect(words).toContain('The middle character is the letter O')
    expect(words).toContain('The UPN has 12 characters')
    expect(words).toContain('You can’t publish yet')
    await button(page, /Keep these answers|Check again/).click()
    await button(page, /Publish as snapshot 12/).click()
    await page.getByText('Published. You can undo it').waitFor({ timeout: 120_000 })
  })

  it('Gull Rock’s data manager sends a long CSV in Windows-1252, and says which of two Sam Prices it is', async () => {
    const page = await signedIn(browser, server, 'Neil Hart')
    await page.setInputFiles('input[type=file]', sample('gull-rock'))
    await button(page, 'Send the file').click()
    await page.getByRole('heading', { name: 'rows need you' }).waitFor({ timeout: 120_000 })
    expect(await page.textContent('main')).toContain('Windows text (1252)')
    expect(await page.textContent('main')).toContain('“31/02/2015” is not a date')
    await expectAccessible(page)
    await page.getByLabel(/born 5 March/).check()
    await button(page, /Keep these answers|Check again/).click()
    await button(page, /Publish as snapshot 13/).click()
    await page.getByText('Published. You can undo it').waitFor({ timeout: 120_000 })
  })

  it('the drop can’t be locked before the headteachers have signed off, and says so', async () => {
    const page = await signedIn(browser, server, 'Priya Raman')
    await page.goto('/drops/2026-spring')
    expect(await page.textContent('main')).toMatch(/You can’t lock it yet\. Two schools have not signed off/)
    for (const [head, school] of [
      ['Ruth Kemp', 'saltmarsh'],
      ['Siân Morgan', 'gull-rock'],
    ] as const) {
      const theirs = await signedIn(browser, server, head, withoutScript)
      await theirs.goto(`/drops/2026-spring/schools/${school}`)
      await button(theirs, /Sign off/).click()
      expect(await theirs.textContent('main')).toContain('Signed off, with your name')
    }
  })

  it('the data lead locks: snapshot 14, for ever', async () => {
    const page = await signedIn(browser, server, 'Priya Raman')
    await page.goto('/drops/2026-spring')
    await button(page, /^Lock the/).click()
    expect(await page.textContent('main')).toContain('snapshot 14')
    await page.goto('/trust')
    expect(await page.textContent('main')).toContain('snapshot 14')
  })

  it('the director reads the trust, a school, a gap, a figure, and the pupils behind it', async () => {
    const page = await signedIn(browser, server, 'Amara Okafor')
    await page.goto('/trust')
    await expectAccessible(page)
    await page.goto('/schools/saltmarsh')
    await expectAccessible(page)
    await page.locator('a[href*="/figure/reading"][href*="saltmarsh"]').first().click()
    await expectAccessible(page)
    saltmarshFigure = new URL(page.url()).pathname
    saltmarshValue = (await page.locator('.big, .fig__value, .figure__value').first().textContent()) ?? ''
    expect(saltmarshFigure).toMatch(/\/14$/)
    await page.goto(`${saltmarshFigure}/pupils`)
    expect(await page.locator('main table tbody tr').count()).toBeGreaterThan(20)
    await page.locator('main a[href^="/pupils/"]').first().click()
    await expectAccessible(page)
    expect(await page.textContent('main')).toContain('Amara Okafor')
  })

  it('a class teacher reads one class, and no other', async () => {
    const page = await signedIn(browser, server, 'Grace Coker')
    expect(page.url()).toContain('/classes/')
    await expectAccessible(page)
    const own = Number(/classes\/(\d+)/.exec(page.url())![1])
    const others = await page.goto(`/schools/saltmarsh/classes/${own + 1}`)
    expect(await page.locator('a[href^="/pupils/"]').count(), String(others?.status())).toBe(0)
  })

  it('a trustee reads the same figures without names or small groups', async () => {
    const page = await signedIn(browser, server, 'Helen Marsh')
    await page.goto('/schools/saltmarsh')
    expect(await page.locator('a[href^="/pupils/"], a[href$="/pupils"]').count()).toBe(0)
    const answer = await page.goto(saltmarshFigure)
    expect(answer?.status()).toBe(200)
    expect((await page.goto(`${saltmarshFigure}/pupils`))?.status()).toBe(404)
  })

  it('a stranger to the product gets nothing but the sign-in page', async () => {
    for (const path of [
      '/trust',
      '/schools/saltmarsh',
      saltmarshFigure,
      '/drops',
      '/people',
      '/audit',
      '/pupils/1',
      '/search?q=a',
      '/measures',
    ]) {
      const answer = await fetch(server.address + path, { redirect: 'manual' })
      expect([302, 303], path).toContain(answer.status)
      expect(answer.headers.get('location')).toContain('/sign-in')
    }
  })

  it('School on a page comes out as a tagged PDF', async () => {
    const page = await signedIn(browser, server, 'Ruth Kemp')
    await page.evaluate(
      "fetch('/schools/saltmarsh/page.pdf').then((answer) => answer.arrayBuffer()).then((bytes) => { window.pdf = Array.from(new Uint8Array(bytes)) })",
    )
    const bytes = Buffer.from((await page.evaluate('window.pdf')) as number[])
    const text = bytes.toString('latin1')
    expect(text.startsWith('%PDF-')).toBe(true)
    expect(text).toContain('/StructTreeRoot')
    expect(text).toContain('pdfuaid')
  })

  it('the next drop opens, and the old address still gives the old number', async () => {
    const page = await signedIn(browser, server, 'Priya Raman', withoutScript)
    await page.goto('/drops/new')
    await button(page, /Open the drop/).click()
    expect(await page.textContent('main')).toContain('Say in one sentence what the drop is for')
    await page.getByLabel('What is it for?').fill('See whether the help given since Easter has worked.')
    await page
      .getByLabel('What will be decided from it?')
      .fill('Which pupils begin next year with a reading partner.')
    const before = letters.length
    await button(page, /Open the drop/).click()
    expect(await page.locator('h1').textContent()).toContain('Summer')
    await until(() => letters.length >= before + 9, 'nine letters')
    await page.goto(saltmarshFigure)
    expect(await page.locator('.big, .fig__value, .figure__value').first().textContent()).toBe(saltmarshValue)
  })

  it('pages read well at 320 pixels and in the dark', async () => {
    const page = await signedIn(browser, server, 'Amara Okafor', {
      viewport: { width: 320, height: 640 },
      colorScheme: 'dark',
    })
    for (const path of [
      '/trust',
      '/schools/saltmarsh',
      saltmarshFigure,
      '/drops',
      '/drops/2026-spring',
      '/measures',
      '/people',
      '/guide',
      '/gallery',
      '/calendar',
      '/account',
    ]) {
      await page.goto(path)
      await expectAccessible(page)
    }
    expect(readFileSync(join(server.data, 'this-is-the-demo'), 'utf8')).toContain('made up')
  })
})
