import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

export const root = join(import.meta.dirname, '..')

/** Pages need no JavaScript: stories run without, unless one is about a page that does. */
export const withoutScript: BrowserContextOptions = { javaScriptEnabled: false }

/** The same page at the width of a small phone, then as it was: nothing wider than the window. */
export async function expectAccessibleNarrow(page: Page): Promise<void> {
  await expectAccessible(page)
  const wide = page.viewportSize()!
  await page.setViewportSize({ width: 320, height: 700 })
  await expectFits(page)
  await page.setViewportSize(wide)
}

const program =
  process.env.THROUGHLINE_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(program ? { executablePath: program } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** Runs the command line as a person would; answers what it printed and its exit code. */
export const throughline = (args: readonly string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [join(root, 'dist/app/cli.js'), ...args], {
      env: { ...process.env, ...env },
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (data) => (out += data))
    child.stderr.on('data', (data) => (err += data))
    child.on('exit', (code) => resolve({ code: code ?? 1, out, err }))
  })

export interface Running {
  readonly address: string
  readonly data: string
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** A server of its own on 127.0.0.1, on a free port unless one is named. */
export async function serve(data: string, env: Record<string, string> = {}, port = 0): Promise<Running> {
  const child = spawn(
    process.execPath,
    [join(root, 'dist/app/cli.js'), 'serve', '--data', data, '--port', String(port)],
    { env: { ...process.env, ...env } },
  )
  let heard = ''
  const address = await new Promise<string>((resolve, reject) => {
    const listen = (part: Buffer) => {
      heard += part
      const found = /Listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(heard)
      if (found) resolve(found[1]!)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('exit', () => reject(new Error(`The server stopped: ${heard}`)))
  })
  return {
    address,
    data,
    pid: child.pid!,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** Tidewell’s demo, built from nothing in a folder that goes away; THROUGHLINE_DEMO_FOLDER names one to copy instead. */
export async function demoFolder(): Promise<{ data: string; remove: () => void }> {
  const data = mkdtempSync(join(tmpdir(), 'throughline-demo-'))
  const made = process.env.THROUGHLINE_DEMO_FOLDER
  if (made) {
    cpSync(made, data, { recursive: true })
    return { data, remove: () => rmSync(data, { recursive: true, force: true }) }
  }
  const { code, err } = await throughline(['demo', '--build-only', '--data', data])
  if (code !== 0) throw new Error(`The demo could not be built:\n${err}`)
  return { data, remove: () => rmSync(data, { recursive: true, force: true }) }
}

/** Pages without scripts, each with a page beside it where scripts run. */
const beside = new WeakMap<Page, Page>()

/** The page itself, or a copy of it as it stands where scripts run: axe is one. */
async function examined(page: Page): Promise<Page> {
  const copy = beside.get(page)
  if (!copy) return page
  const body = await page.content()
  await copy.unrouteAll()
  await copy.route('**/*', (route) =>
    route.request().resourceType() === 'document'
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body })
      : route.continue(),
  )
  await copy.goto(page.url())
  return copy
}

/** A page of a signed-in demo person in which any error of the browser’s console fails the test. */
export async function signedIn(
  browser: Browser,
  server: Running,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    baseURL: server.address,
    locale: 'en-GB',
    ...options,
  })
  const page = await context.newPage()
  if (options.javaScriptEnabled === false) {
    const other = await browser.newContext({ viewport: page.viewportSize() })
    beside.set(page, await other.newPage())
    context.on('close', () => other.close().catch(() => undefined))
  }
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text()))
      throw new Error(`The browser’s console: ${message.text()}`)
  })
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(name) }).click()
  return page
}

/** Nothing wider than the window. */
async function expectFits(page: Page): Promise<void> {
  const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  const overflow = Number(await page.evaluate(wide))
  if (overflow > 0) throw new Error(`${page.url()} is wider than the window by ${overflow} pixels.`)
}

/** No breach of WCAG 2.2 AA that axe can find, and nothing wider than the window. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: await examined(page) })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const breaches = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map((node) => node.html)
        .slice(0, 3)
        .join(' | ')}`,
  )
  if (breaches.length > 0) throw new Error(`${page.url()}\n${breaches.join('\n')}`)
  await expectFits(page)
}
