import type { Locator, Page } from 'playwright-core'

interface Element {
  readonly ownerDocument: { readonly activeElement: unknown }
}
const isFocused = (element: Element) => element.ownerDocument.activeElement === element

/** Goes to something with the tabulator alone, as one does without a mouse. */
export async function tabTo(page: Page, to: Locator): Promise<void> {
  const wanted = to.first()
  await wanted.waitFor()
  for (let presses = 0; presses < 250; presses++) {
    if (await wanted.evaluate(isFocused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The tabulator never reached ${to}.`)
}

/** Follows a link or presses a button with Enter, and waits for the page that comes. */
export async function enter(page: Page, to: Locator): Promise<void> {
  await tabTo(page, to)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

/** Opens what is folded. */
export async function unfold(page: Page, summary: string): Promise<void> {
  await tabTo(page, page.locator('summary', { hasText: summary }))
  await page.keyboard.press('Enter')
}

/** Goes to a field and types at its end. */
export async function typeInto(page: Page, to: Locator, words: string): Promise<void> {
  await tabTo(page, to)
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
}

/** Goes to a group of choices and takes this one with the arrows. */
export async function choose(page: Page, group: Locator, wanted: Locator): Promise<void> {
  const first = group.getByRole('radio').first()
  const checked = group.getByRole('radio', { checked: true })
  await tabTo(page, (await checked.count()) > 0 ? checked : first)
  await page.keyboard.press('Space')
  for (let presses = 0; presses < 12 && !(await wanted.isChecked()); presses++)
    await page.keyboard.press('ArrowDown')
}
