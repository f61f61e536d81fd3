/** Takes the guide’s pictures anew from the demo: all of the table, or those named. `npm run pictures -- audit-trail` */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { demoFolder, openBrowser, type Running, root, serve, signedIn } from '../browser.ts'
import type { Picture } from './picture.ts'
import { pictures } from './table.ts'

const folder = join(root, 'docs/guide/images')
const width = 1366

/** Palette PNGs: a page has few colours, and a guide of fifty pictures stays small. */
const small = (bytes: Buffer) => sharp(bytes).png({ palette: true, colours: 64, effort: 7 })

async function take(browser: Browser, server: Running, { file, as, at, after, from, height = 768 }: Picture) {
  const page = await signedIn(browser, server, as, { reducedMotion: 'reduce' })
  await page.goto(at)
  try {
    await after?.(page, server.data)
  } catch (error) {
    const seen = join(root, 'out', `${file}-failed.png`)
    await page.screenshot({ path: seen, fullPage: true })
    throw new Error(`${file}.png could not be taken: ${page.url()} as it stood is in ${seen}.`, {
      cause: error,
    })
  }
  await page.evaluate('document.activeElement?.blur()')
  await page.mouse.move(0, 0)
  const head = from && (await page.getByRole('heading', { name: from }).first().boundingBox())
  if (from && !head) throw new Error(`${file}: there is no heading “${from}” on ${page.url()}.`)
  const top = head ? Math.max(0, head.y - 24) : 0
  const left = Number(await page.evaluate('document.documentElement.scrollHeight')) - top
  const shot = await page.screenshot({
    fullPage: true,
    clip: { x: 0, y: top, width, height: Math.min(height, left) },
  })
  const { size } = await small(shot).toFile(join(folder, `${file}.png`))
  console.log(`${file}.png  ${Math.ceil(size / 1024)} kB`)
  await page.context().close()
}

const wanted = process.argv.slice(2)
const strange = wanted.filter((name) => !pictures.some(({ file }) => file === name))
if (strange.length > 0) throw new Error(`There is no picture called ${strange.join(', ')}.`)
mkdirSync(folder, { recursive: true })
const demo = await demoFolder()
const server = await serve(demo.data, {}, 39_518)
const browser = await openBrowser()
try {
  for (const picture of pictures)
    if (wanted.length === 0 || wanted.includes(picture.file)) await take(browser, server, picture)
} finally {
  await browser.close()
  await server.stop()
  demo.remove()
}
