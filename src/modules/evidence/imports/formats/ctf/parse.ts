import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Refusal } from '../../../../../kernel/refusal.ts'

/** An element of the file: its own text, and what is inside it. */
export interface XmlElement {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** A school of 2,500 with contacts and ten years of results has some 600,000 elements. */
const mostElements = 750_000
const deepest = 24

const tooMuch =
  'This file has more parts than a CTF of any school could have. Export it again, for fewer pupils.'

/** Counts elements and their depth before anything is built, and refuses what a CTF never holds. @throws Refusal */
function weigh(text: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new Refusal(
      'This file defines names of its own (a DOCTYPE or an ENTITY), which a CTF never does. Export it again from the school’s system.',
    )
  let elements = 0
  let depth = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const next = text[at + 1]
    if (next === '?' || next === '!') continue
    if (next === '/') {
      depth--
      continue
    }
    if (++elements > mostElements) throw new Refusal(tooMuch)
    const end = text.indexOf('>', at)
    if (end === -1) break
    if (text[end - 1] !== '/' && ++depth > deepest) throw new Refusal(tooMuch)
  }
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const decoded = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi,
        (whole, tens, sixteens, name) => {
          if (name) return named[String(name).toLowerCase()]!
          const point = tens ? Number(tens) : Number.parseInt(sixteens, 16)
          return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
        },
      )
    : text

type Ordered = Readonly<Record<string, unknown>>

const elementOf = (node: Ordered, name: string): XmlElement => {
  const inside = (node[name] as readonly Ordered[] | undefined) ?? []
  const children: XmlElement[] = []
  let text = ''
  for (const one of inside) {
    const key = Object.keys(one).find((word) => word !== ':@')
    if (key === '#text') text += String(one['#text'])
    else if (key !== undefined) children.push(elementOf(one, key))
  }
  return { name, text: decoded(text).trim(), children }
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

/** Reads XML without entities into its outermost element. @throws Refusal for what is no XML, cut off, or too large. */
export function parseXml(text: string): XmlElement {
  weigh(text)
  const sound = XMLValidator.validate(text, { allowBooleanAttributes: true })
  if (sound !== true)
    throw new Refusal(
      `This file is cut off or damaged: it can’t be read past line ${sound.err.line}. Export it again.`,
    )
  try {
    const nodes = parser.parse(text) as readonly Ordered[]
    const outer = nodes.flatMap((node) =>
      Object.keys(node)
        .filter((key) => key !== ':@' && key !== '#text')
        .map((key) => elementOf(node, key)),
    )
    if (outer.length === 1) return outer[0]!
  } catch (error) {
    if (error instanceof Refusal) throw error
  }
  throw new Refusal('This file is cut off or damaged: it has no single outermost part. Export it again.')
}
