import { Parser } from 'htmlparser2'
import { type Block, tidy } from '../../domain/blocks.ts'

/** What these hold is no part of the words. */
const dropped = new Set(
  'script style title noscript template iframe object embed applet svg math canvas audio video select textarea button del xml'.split(
    ' ',
  ),
)
const breaking = new Set(
  'p div li ul ol h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th blockquote section article header footer address pre dl dt dd hr body main aside figure figcaption form caption'.split(
    ' ',
  ),
)
const bullet = /^(?:[·•▪‣◦○●§–—*-]|o(?= )|\d{1,2}[.)]|[a-z][.)]|[ivx]{1,4}[.)])\s+/i
const mostDepth = 200

interface Shape {
  readonly kind: 'paragraph' | 'heading' | 'item'
  readonly level: number
}

interface Table {
  cells: Block[][]
  cell: Block[] | undefined
}

/** How Word says what a paragraph is, where its tag does not. */
function shapeOf(name: string, attributes: Readonly<Record<string, string>>): Shape | undefined {
  const heading = /^h([1-6])$/.exec(name)
  if (heading) return { kind: 'heading', level: Number(heading[1]) }
  const named = /\bMso(?:Heading([1-6])|(Title))\b/i.exec(attributes.class ?? '')
  if (named) return { kind: 'heading', level: Number(named[1] ?? 1) }
  const list = /mso-list:\s*\S+\s+level(\d)/i.exec(attributes.style ?? '')
  if (list) return { kind: 'item', level: Number(list[1]) }
  return undefined
}

/**
 * HTML as blocks of words: from a page, from Markdown, or as Word puts it on the clipboard. Only words come through, so that
 * scripts, handlers, links and styles have nowhere to be; what Word hides in conditional comments is left out.
 */
export function blocksOfHtml(html: string): Block[] {
  const found: Block[] = []
  const tables: Table[] = []
  const lists: string[] = []
  const shapes: (Shape | undefined)[] = []
  let words = ''
  let bold = 0
  let boldLetters = 0
  let hidden = 0
  let marker = false

  const put = (block: Block) => (tables.at(-1)?.cell ?? found).push(block)
  const flush = () => {
    const text = tidy(words)
    const shape = shapes.findLast((one) => one !== undefined)
    const wholly = boldLetters > 0 && boldLetters >= words.replace(/\s+/g, '').length
    words = ''
    boldLetters = 0
    if (text === '') return
    if (shape?.kind === 'heading') put({ kind: 'heading', level: shape.level, text })
    else if (shape?.kind === 'item') put({ kind: 'item', depth: shape.level, text: text.replace(bullet, '') })
    else put({ kind: 'paragraph', text, ...(wholly ? { bold: true } : {}) })
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const gone = dropped.has(name) || /display:\s*none|mso-hide:\s*all/i.test(attributes.style ?? '')
        if (hidden > 0 || gone) {
          if (!voids.has(name)) hidden++
          return
        }
        if (name === 'br') words += /\S/.test(words) ? '\n' : ''
        if (name === 'b' || name === 'strong') bold++
        if (!breaking.has(name)) return
        flush()
        if (voids.has(name)) return
        if (shapes.length > mostDepth) throw new RangeError('too deep')
        if (name === 'ul' || name === 'ol') lists.push(name)
        shapes.push(
          name === 'li' ? { kind: 'item', level: Math.max(1, lists.length) } : shapeOf(name, attributes),
        )
        if (name === 'table') tables.push({ cells: [], cell: undefined })
        const table = tables.at(-1)
        if (table && name === 'tr') table.cells = []
        if (table && (name === 'td' || name === 'th')) {
          table.cell = []
          table.cells.push(table.cell)
        }
      },
      ontext(text) {
        if (hidden > 0 || marker) return
        words += text
        if (bold > 0) boldLetters += text.replace(/\s+/g, '').length
      },
      onclosetag(name) {
        if (hidden > 0) {
          if (!voids.has(name)) hidden--
          return
        }
        if (name === 'b' || name === 'strong') bold = Math.max(0, bold - 1)
        if (!breaking.has(name) || voids.has(name)) return
        flush()
        shapes.pop()
        if (name === 'ul' || name === 'ol') lists.pop()
        const table = tables.at(-1)
        if (!table) return
        if (name === 'td' || name === 'th') table.cell = undefined
        if (name === 'tr') {
          table.cell = undefined
          const above = tables.at(-2)?.cell ?? found
          above.push(...rowOf(table.cells))
          table.cells = []
        }
        if (name === 'table') tables.pop()
      },
      // `<![if !supportLists]>` … `<![endif]>` holds the bullet that Word draws for others.
      onprocessinginstruction(_, data) {
        if (/^!\[if\s+!supportLists\]/i.test(data)) marker = true
        else if (/^!\[endif\]/i.test(data)) marker = false
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  flush()
  return found
}

const voids = new Set([
  'br',
  'hr',
  'img',
  'input',
  'embed',
  'meta',
  'link',
  'col',
  'base',
  'wbr',
  'area',
  'source',
])

const mostInCell = 120

/** A row of short cells stays a row; a table that only lays out a page is read cell by cell, a short first cell as its heading. */
function rowOf(cells: readonly Block[][]): Block[] {
  const filled = cells.filter((cell) => cell.length > 0)
  if (filled.length === 0) return []
  const short = filled.every(
    ([block, more]) => more === undefined && block!.kind === 'paragraph' && block!.text.length <= mostInCell,
  )
  if (short && filled.length > 1)
    return [{ kind: 'row', cells: cells.map(([block]) => (block?.kind === 'paragraph' ? block.text : '')) }]
  return filled.flatMap((cell, at) => {
    const [first, more] = cell
    return at === 0 && more === undefined && filled.length > 1 && first?.kind === 'paragraph'
      ? [{ ...first, bold: true }]
      : cell
  })
}
