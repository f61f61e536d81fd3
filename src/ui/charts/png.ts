import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { tokens } from './tokens.ts'

const folder = dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/atkinson-hyperlegible-next/package.json'),
)
const fonts = ['400Regular', '600SemiBold'].map((weight) =>
  join(folder, weight, `AtkinsonHyperlegibleNext_${weight}.ttf`),
)

/** The chart with its colours written out: pictures are light, whatever the reader's screen. */
export const coloured = (chart: string): string => {
  const plain = chart.replace(/var\(--tl-([a-z0-9-]+)\)/g, (_, name: string) => {
    const colour = tokens[name]
    if (colour === undefined)
      throw new Error(`The chart asks for --tl-${name}, which the tokens do not have.`)
    return colour
  })
  return plain.includes('xmlns=') ? plain : plain.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
}

/** Any of our charts as a PNG, at twice its size, in our font. */
export function png(chart: string, zoom = 2): Uint8Array {
  const picture = new Resvg(coloured(chart), {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontFiles: fonts, loadSystemFonts: false, defaultFontFamily: 'Atkinson Hyperlegible Next' },
  })
  return picture.render().asPng()
}
