/** A document as far as we take it over: headings, paragraphs, list items and rows of tables, each as plain words. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  /** `bold`: the whole of it, as many write their headings. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly bold?: boolean }
  | { readonly kind: 'item'; readonly text: string; readonly depth: number }
  | { readonly kind: 'row'; readonly cells: readonly string[] }

/** One line of words: spaces of every kind are one space, marks that are not seen are gone. */
export const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()

/** A number in square brackets cites a line of our evidence; in somebody else's document it is a footnote. */
const withoutCitations = (text: string): string => text.replace(/\[(\d{1,3})( as n of N)?\]/g, '($1)')

const lineOf = (block: Block): string => {
  switch (block.kind) {
    case 'item':
      return `${'  '.repeat(Math.min(3, block.depth - 1))}- ${block.text}`
    case 'row':
      return block.cells.filter(Boolean).join(' | ')
    default:
      return block.text
  }
}

/** Blocks as words that can be typed: paragraphs with an empty line between them, items and rows a line each. */
export function wordsOf(blocks: readonly Block[]): string {
  let words = ''
  let before: Block['kind'] | undefined
  for (const block of blocks) {
    const together = before === block.kind && (block.kind === 'item' || block.kind === 'row')
    words += `${before === undefined ? '' : together ? '\n' : '\n\n'}${lineOf(block)}`
    before = block.kind
  }
  return withoutCitations(words)
}
