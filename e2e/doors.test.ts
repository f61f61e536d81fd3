import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { Secret, TOTP } from 'otpauth'
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
import { gullRockPupils, staff } from './files.ts'

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
const seen = () => gullRockPupils(server.data).find(({ year }) => year === '6')!

/** The latest letter of the outbox to this address, with soft line ends mended. */
async function letterTo(address: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      const outbox = join(server.data, 'outbox')
      const letters = readdirSync(outbox)
        .filter((name) => name.endsWith('.eml'))
        .sort()
        .map((name) =>
          readFileSync(join(outbox, name), 'utf8')
            .replace(/=\r?\n/g, '')
            .replaceAll('=3D', '='),
        )
      const found = letters.findLast((text) => text.includes(address))
      if (found) return found
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`No letter came to ${address}.`)
}

describe('The doors, and who stands at them', () => {
  it('a colleague from another school breaks the glass, the trust is told, and the trail shows it', async () => {
    const page = await signedIn(browser, server, 'Dan Fry', withoutScript)
    await page.goto('/break-glass')
    await expectAccessibleNarrow(page)
    await press(page, /Break the glass/)
    await expectAccessibleNarrow(page)
    await page.getByLabel('School', { exact: true }).selectOption({ label: 'Gull Rock' })
    await page.getByLabel('UPN of the pupil').fill(seen().upn)
    await page
      .getByLabel('Why do you need to see it now?')
      .fill('An uncle asks at our gate who may collect the child.')
    await press(page, /Break the glass/)
    await page.goto('/break-glass')
    await expectAccessibleNarrow(page)
    await page.locator('main a[href^="/pupils/"]').first().click()
    expect(await page.textContent('h1')).toContain(seen().surname)
    expect(await page.textContent('body')).toContain('You see pupils beyond your role until')
    await expectAccessibleNarrow(page)
    expect(await letterTo('priya.raman@tidewell.example')).toContain('An uncle asks at our gate')

    const trail = await signedIn(browser, server, 'Priya Raman', withoutScript)
    await trail.goto('/audit')
    await expectAccessibleNarrow(trail)
    expect(await words(trail)).toContain('Dan Fry broke the glass to see')
    await trail.getByText('Narrow it down').click()
    await trail.getByLabel('About the pupil with this UPN').fill(seen().upn)
    await press(trail, 'Show')
    expect(await words(trail)).toContain('Dan Fry saw pupil')
    await expectAccessibleNarrow(trail)
    await trail.goto('/break-glass')
    await press(trail, 'End it now')
    const shut = await page.reload()
    expect(shut!.status()).toBe(404)
    await trail.goto('/audit?check=yes')
    expect(await words(trail)).toContain('The chain holds.')
    await page.context().close()
    await trail.context().close()
  })

  it('a pupil’s whole record is taken away as a PDF and data, without other people’s names', async () => {
    const page = await signedIn(browser, server, 'Priya Raman', withoutScript)
    await page.goto(`/search?q=${seen().upn}`)
    await page.locator('main a[href^="/pupils/"]').first().click()
    await page.getByRole('link', { name: 'the whole record' }).click()
    await expectAccessibleNarrow(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(page, 'Take the whole record away'),
    ])
    const inside = unzipSync(new Uint8Array(readFileSync(await download.path())))
    const names = Object.keys(inside)
    expect(names.filter((name) => name.endsWith('.pdf'))).toHaveLength(1)
    const json = Buffer.from(inside[names.find((name) => name.endsWith('.json'))!]!).toString('utf8')
    expect(json).toContain(seen().upn)
    expect(json).not.toContain('Dan Fry')
    await page.context().close()
  })

  it('a wrong UPN is refused with a sentence', async () => {
    const page = await signedIn(browser, server, 'Priya Raman', withoutScript)
    await page.goto('/pupils/1/record')
    await page.getByLabel('UPN', { exact: true }).fill('Z999999999999')
    await page.getByLabel('Why does it change?').fill('Mistyped when the child joined.')
    await press(page, 'Put it right')
    expect(await words(page)).toContain('first letter')
    await expectAccessibleNarrow(page)
    await page.context().close()
  })

  it('a headteacher sets a password and an app, and gets in with a recovery code, once', async () => {
    const page = await signedIn(browser, server, 'Ruth Kemp', withoutScript)
    await page.goto('/account')
    await expectAccessibleNarrow(page)
    await press(page, 'Sign out')
    await page.goto('/reset')
    await expectAccessibleNarrow(page)
    await page.getByLabel('E-mail address').fill('ruth.kemp@tidewell.example')
    await press(page, /Send/)
    const link = /http\S+\/reset\/\S+/.exec(await letterTo('ruth.kemp@tidewell.example'))![0]
    await page.goto(new URL(link).pathname)
    await expectAccessibleNarrow(page)
    await page.getByLabel('New password').fill('herring gull on the slipway')
    await press(page, /password/)

    const signIn = async () => {
      await page.goto('/sign-in')
      await page.getByLabel('E-mail address').fill('ruth.kemp@tidewell.example')
      await page.getByLabel('Password', { exact: true }).fill('herring gull on the slipway')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    }
    await signIn()
    await page.goto('/account/ways')
    await press(page, 'Set up an app')
    await expectAccessibleNarrow(page)
    const secret = (await page.locator('main code').first().textContent())!.replaceAll(' ', '')
    const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    await page.getByLabel('Code from the app').fill('000000')
    await press(page, 'Turn it on')
    await expectAccessibleNarrow(page)
    await page.getByLabel('Code from the app').fill(code())
    await press(page, 'Turn it on')
    const kept = await page.locator('.codes code').allTextContents()
    expect(kept).toHaveLength(10)
    await expectAccessibleNarrow(page)

    const signOut = async () => {
      await page.goto('/account')
      await press(page, 'Sign out')
    }
    await signOut()
    await signIn()
    expect(await page.textContent('h1')).toBe('One more step')
    await expectAccessibleNarrow(page)
    await page.getByLabel('Code', { exact: true }).fill(kept[0]!)
    await press(page, 'Go in')
    await page.goto('/account/ways')
    expect(await words(page)).toContain('9 of 10 are left.')
    await signOut()
    await signIn()
    await page.getByLabel('Code', { exact: true }).fill(kept[0]!)
    await press(page, 'Go in')
    expect(await page.textContent('h1')).toBe('One more step')
    await expectAccessibleNarrow(page)
    await page.context().close()
  })

  it('a file of people gives roles and records a leaver, and names the row that it leaves out', async () => {
    const page = await signedIn(browser, server, 'Priya Raman', withoutScript)
    await page.goto('/people/file')
    await expectAccessibleNarrow(page)
    await page.setInputFiles('input[type=file]', staff())
    await press(page, 'Check the file')
    expect(await words(page)).toContain('There is no school “Nowhere Primary”.')
    await expectAccessibleNarrow(page)
    await page.getByLabel('Send each new person an invitation by e-mail').check()
    await press(page, 'Do it')
    expect(await words(page)).toContain('All good rows went in together.')
    await expectAccessibleNarrow(page)
    expect(await letterTo('joan.liddell@tidewell.example')).toContain('/invitations/')
    await page.goto('/people?name=Miriam')
    expect(await words(page)).toContain('School data manager, Gull Rock')
    await page.context().close()
  })

  it('a result is corrected after the lock: a new snapshot says so, and the old one stands', async () => {
    const page = await signedIn(browser, server, 'Priya Raman', withoutScript)
    await page.goto('/drops/2025-autumn')
    await page.getByRole('link', { name: 'Correct results' }).click()
    await expectAccessibleNarrow(page)
    const locked = await page.goto('/trust?drop=2025-autumn').then(() => words(page))
    await page.goto('/drops/2025-autumn/corrections')
    await page.getByLabel('UPN of the pupil').fill(seen().upn)
    await page.getByLabel('Assessment').selectOption({ label: 'Reading, scaled score' })
    await page.getByLabel('The result as it should have been').fill('1O4')
    await page.getByLabel('Why does it change?').fill('Re-marked: page 4 was missed.')
    await press(page, 'Make a corrected snapshot')
    expect(await words(page)).toContain('letter O')
    await expectAccessibleNarrow(page)
    await page.getByLabel('The result as it should have been').fill('119')
    await press(page, 'Make a corrected snapshot')
    expect(await words(page)).toContain('Re-marked: page 4 was missed.')
    await expectAccessibleNarrow(page)
    const [now, before] = [/snapshot (\d+)/.exec(await words(page)), /snapshot 4/.exec(locked)]
    expect(now).not.toBeNull()
    expect(before).not.toBeNull()
    await page.goto('/trust?drop=2025-autumn&snapshot=4')
    expect(await words(page)).toBe(locked)
    await page.context().close()
  })

  it('the pages of administration read well in the light, in the dark and at 320 pixels', async () => {
    const page = await signedIn(browser, server, 'Priya Raman')
    for (const path of [
      '/system',
      '/people/roles',
      '/people/invite?role=headteacher',
      '/people/sign-in',
      '/people/sign-in/directory',
      '/data-protection',
      '/accessibility',
      '/schools/northquay/subjects/mathematics/grades',
      '/schools/northquay/figures',
      '/drops/2026-spring/checks',
      '/guide/break-the-glass',
    ]) {
      await page.goto(path)
      await expectAccessibleNarrow(page)
    }
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const path of [
      '/system',
      '/files',
      '/audit',
      '/break-glass',
      '/schools/northquay/subjects/mathematics/grades',
    ]) {
      await page.goto(path)
      await expectAccessibleNarrow(page)
    }
    await page.context().close()
  })
})
