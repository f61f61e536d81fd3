import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoFolder, expectAccessible, openBrowser, type Running, serve, signedIn } from './browser.ts'

let browser: Browser
let server: Running
let remove = () => {}
const port = 39_517

beforeAll(async () => {
  const demo = await demoFolder()
  remove = demo.remove
  // A passkey belongs to a name, not to an address of figures.
  const running = await serve(demo.data, { THROUGHLINE_ORIGIN: `http://localhost:${port}` }, port)
  server = { ...running, address: `http://localhost:${port}` }
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  remove()
})

it('a headteacher makes a passkey, keeps the recovery codes, and signs in with it', async () => {
  const page = await signedIn(browser, server, 'Ruth')
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })

  await page.goto('/account/ways')
  await expectAccessible(page)
  await page.getByLabel('Name of the passkey').fill('School laptop')
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.getByRole('heading', { name: 'Keep these recovery codes' }).waitFor()
  expect(await page.locator('.codes code').count()).toBe(10)
  await expectAccessible(page)
  await page.goto('/account/ways')
  await page.getByText('School laptop').first().waitFor()

  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.goto('/account')
  await page.getByRole('heading', { name: 'Your account' }).waitFor()

  // Whoever can't show finger, face or PIN does not get in.
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('No passkey was used').first().waitFor()
})

it('an app is set up by a picture, and the page is readable on a phone', async () => {
  const page = await signedIn(browser, server, 'Amara', { viewport: { width: 320, height: 700 } })
  await page.goto('/account/ways')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Set up an app' }).click()
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  await expectAccessible(page)
})

it('the page says that a passkey needs JavaScript when there is none', async () => {
  const context = await browser.newContext({ baseURL: server.address, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByText('A passkey needs JavaScript, which is off in this browser.').waitFor()
})

it('an administrator says who needs two steps and sets up Microsoft', async () => {
  const page = await signedIn(browser, server, 'Priya')
  await page.goto('/people/sign-in')
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 700 })
  await expectAccessible(page)
})
