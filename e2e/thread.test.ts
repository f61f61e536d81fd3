import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFolder, expectAccessible, openBrowser, type Running, serve, signedIn } from './browser.ts'
import { choose, enter, tabTo, typeInto, unfold } from './keyboard.ts'

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

const phone = { viewport: { width: 320, height: 640 } }
const plainPhone = { ...phone, javaScriptEnabled: false }
const button = (page: Page, name: RegExp | string) => page.getByRole('button', { name })
const link = (page: Page, name: RegExp | string) => page.getByRole('link', { name })
const main = (page: Page) => page.textContent('main')

/** The checker of accessibility is a script: it looks at the same address with the same session in a window that has scripts. */
async function expectAccessibleHere(page: Page): Promise<void> {
  const context = await browser.newContext({ ...phone, storageState: await page.context().storageState() })
  const twin = await context.newPage()
  await twin.goto(page.url())
  await expectAccessible(twin)
  await context.close()
}

let evaluation = ''

/** Writes an area that is still empty, grades and confirms it, by keyboard. */
async function writeArea(page: Page, area: string, grade: string, words: string) {
  await page.goto(`${evaluation}/areas/${area}`)
  await typeInto(page, page.getByLabel('Your words'), words)
  await choose(page, page.getByRole('group', { name: /\?/ }), page.getByLabel(grade, { exact: true }))
  await enter(page, button(page, 'Save the working copy'))
  expect(await main(page)).toContain('The working copy is saved')
  await enter(page, button(page, 'Confirm this judgement'))
  expect(await main(page)).toContain('Confirmed: words and figures are frozen')
}

describe('A headteacher’s evening, on a phone, without JavaScript, by keyboard alone', () => {
  let page: Page
  beforeAll(async () => {
    page = await signedIn(browser, server, 'Ruth Kemp', plainPhone)
  })
  afterAll(() => page?.context().close())

  it('she finds the judgement whose figure has moved, and uses what the figure says now', async () => {
    await enter(page, link(page, 'Improvement'))
    await expectAccessibleHere(page)
    await enter(page, link(page, 'Self-evaluation'))
    await expectAccessibleHere(page)
    await enter(page, page.getByRole('table').first().getByRole('link', { name: 'Saltmarsh' }))
    evaluation = new URL(page.url()).pathname
    await expectAccessibleHere(page)
    expect(await main(page)).toContain('was 79% in summer 2025, now 50% in autumn 2025')
    await enter(page, link(page, 'Decide about it'))
    await expectAccessibleHere(page)
    expect(await main(page)).toContain('Figure 1 has moved since you wrote this')
    expect(await main(page)).toContain('Not yet: decide about figure 1, which has moved.')
    await enter(page, button(page, 'Use 50%'))
    expect(await main(page)).toContain('Decided, with your name')
  })

  it('she cites another figure by its line, saves, and confirms', async () => {
    await enter(page, link(page, 'Add a figure'))
    await expectAccessibleHere(page)
    await typeInto(page, page.getByLabel('Words of its name'), 'reading year 6')
    await enter(page, button(page, 'Find'))
    await enter(page, button(page, 'Cite it'))
    expect(await main(page)).toContain('It is in the evidence')
    await typeInto(page, page.getByLabel('Your words'), ' Of all pupils it is [2].')
    await enter(page, button(page, 'Save the working copy'))
    const read = await main(page)
    expect(read).toMatch(/Of all pupils it is \d+%/)
    await enter(page, button(page, 'Confirm this judgement'))
    expect(await main(page)).toContain('Confirmed: words and figures are frozen with your name')
    await expectAccessibleHere(page)
  })

  it('she says how an objective goes', async () => {
    await enter(page, link(page, 'Improvement'))
    await enter(page, page.getByRole('table').first().getByRole('link', { name: 'Saltmarsh' }))
    await expectAccessibleHere(page)
    await enter(page, link(page, 'Year 4 read aloud fluently'))
    await expectAccessibleHere(page)
    await unfold(page, 'Say how it goes')
    await choose(
      page,
      page.getByRole('group', { name: 'It is' }),
      page.getByLabel('Partly met', { exact: true }),
    )
    await typeInto(page, page.getByLabel('What has changed for pupils?'), 'They ask for the next book.')
    await enter(page, button(page, 'Say it'))
    expect(await main(page)).toContain('They ask for the next book.')
  })

  it('she confirms what was not confirmed, and signs the whole', async () => {
    await page.goto(evaluation)
    expect(await main(page)).toContain(
      'Not yet: Curriculum and teaching, Leadership and governance, Early years are not confirmed.',
    )
    await writeArea(
      page,
      'curriculum-teaching',
      'Strong standard',
      'Each subject has its order, and teachers keep to it.',
    )
    await writeArea(page, 'leadership', 'Expected standard', 'We know the school as it is.')
    await writeArea(page, 'early-years', 'Expected standard', 'Children talk, and are listened to.')
    await page.goto(evaluation)
    await enter(page, button(page, 'Sign the self-evaluation'))
    expect(await main(page)).toContain('Signed. The copy stays as it is for ever.')
    await expectAccessibleHere(page)
  })

  it('her own actions, the thread and last year’s thread stand on a phone', async () => {
    for (const path of [
      '/improvement/actions',
      '/thread',
      '/thread?year=2024',
      '/improvement/frameworks',
      '/purpose',
    ]) {
      await page.goto(path)
      await expectAccessibleHere(page)
    }
    await page.goto('/improvement/actions')
    await choose(page, page.getByRole('group', { name: 'How often?' }), page.getByLabel('Never'))
    await enter(page, button(page, 'Keep this choice'))
    expect(await page.getByLabel('Never').isChecked()).toBe(true)
  })
})

describe('What others see of it', () => {
  it('a governor reads what is confirmed; a draft is refused with the reason', async () => {
    const page = await signedIn(browser, server, 'Owen Pryce', plainPhone)
    await page.goto(evaluation)
    expect(await main(page)).toContain('Of all pupils it is')
    await expectAccessibleHere(page)
    const answer = await page.goto(`${evaluation}/areas/inclusion`)
    expect(answer!.status()).toBeGreaterThanOrEqual(400)
    expect(await main(page)).toContain('Only the school’s headteacher writes its self-evaluation.')
    await expectAccessibleHere(page)
    await page.context().close()
  })

  it('the trust’s director sees grades, what is late and working, and the signing in the thread', async () => {
    const page = await signedIn(browser, server, 'Amara Okafor')
    await page.goto('/improvement')
    expect(await main(page)).toContain('What is working')
    await expectAccessible(page)
    await page.goto('/improvement/evaluations')
    expect(await main(page)).toContain('Strong standard')
    await expectAccessible(page)
    await page.goto('/thread')
    expect(await main(page)).toContain('Partly met')
    await expectAccessible(page)
    const phoneOfHers = await signedIn(browser, server, 'Amara Okafor', phone)
    for (const path of ['/improvement', '/improvement/evaluations', '/thread', '/thread?school=saltmarsh']) {
      await phoneOfHers.goto(path)
      await expectAccessible(phoneOfHers)
    }
    await page.context().close()
    await phoneOfHers.context().close()
  })
})

describe('With JavaScript', () => {
  it('words are saved by themselves, and [[ offers figures', async () => {
    const page = await signedIn(browser, server, 'Ruth Kemp')
    await page.goto(`${evaluation}/areas/attendance-behaviour`)
    const words = page.getByLabel('Your words')
    await words.press('Control+End')
    await words.pressSequentially(' In Year 6 attendance is [[attendance year 6')
    const offers = page.getByRole('list', { name: 'Figures to cite' })
    await offers.waitFor()
    await expectAccessible(page)
    const saved = page.waitForResponse((answer) =>
      /attendance is \[\d+\]/.test(new URLSearchParams(answer.request().postData() ?? '').get('words') ?? ''),
    )
    await tabTo(page, offers.getByRole('button'))
    await page.keyboard.press('Enter')
    await expect
      .poll(() => words.inputValue(), { timeout: 60_000 })
      .toMatch(/In Year 6 attendance is \[\d+\]$/)
    expect((await saved).ok()).toBe(true)
    await page.getByText(/Working copy saved, \d\d:\d\d/).waitFor()
    await page.reload()
    expect(await main(page)).toMatch(/In Year 6 attendance is \d+(\.\d)?%/)
    await page.context().close()
  })

  it('two who write at once lose nothing: both copies are shown, and one is chosen', async () => {
    const laptop = await signedIn(browser, server, 'Ruth Kemp')
    const tablet = await signedIn(browser, server, 'Ruth Kemp')
    const area = `${evaluation}/areas/leadership`
    for (const page of [laptop, tablet]) await page.goto(area)
    await laptop.getByLabel('Strengths').fill('Written on the laptop.')
    await laptop.getByText(/Working copy saved/).waitFor()
    await tablet.getByLabel('Strengths').fill('Written on the tablet.')
    await tablet.getByText('Somebody saved this area while you wrote. Both copies are kept').waitFor()
    await link(tablet, 'choose one').click()
    await tablet.getByRole('heading', { name: 'Two copies were written at once' }).waitFor()
    expect(await main(tablet)).toContain('Written on the tablet.')
    expect(await tablet.getByLabel('Strengths').inputValue()).toBe('Written on the laptop.')
    await expectAccessible(tablet)
    await button(tablet, 'Take the second copy').click()
    expect(await tablet.getByLabel('Strengths').inputValue()).toBe('Written on the tablet.')
    await laptop.context().close()
    await tablet.context().close()
  })
})
