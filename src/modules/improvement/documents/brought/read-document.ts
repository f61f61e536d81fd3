import { marked } from 'marked'
import { Refusal } from '../../../../kernel/refusal.ts'
import { type Block, tidy } from '../../domain/blocks.ts'
import { htmlOfDocx } from './docx-html.ts'
import { blocksOfHtml } from './html-blocks.ts'

/** A document as it came: a file with its name, or what was pasted. */
export type Brought =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly text: string }

const zip = [0x50, 0x4b]
const looksLikeHtml = /<(?:!doctype|html|body|p|div|h[1-6]|ul|ol|table|span|br|script|b|i|a)\b|<!--\[if/i
const looksLikeMarkdown = /^#{1,6}\s+\S|^[^\n]+\n(?:=+|-{3,})\s*$|^\*\*[^*\n]+\*\*\s*$/m

/** The blocks of a Word document, a web page, Markdown or plain words. @throws Refusal in a sentence when it can't be read */
export async function blocksOf(brought: Brought): Promise<Block[]> {
  const blocks = await blocksIn(brought)
  if (blocks.length === 0)
    throw new Refusal(
      'There are no words in it. If it is a scan, its words are a picture: paste them instead.',
    )
  return blocks
}

async function blocksIn(brought: Brought): Promise<Block[]> {
  if ('bytes' in brought) {
    const { bytes, name } = brought
    if (zip.every((byte, at) => bytes[at] === byte) || /\.(docx?|docm|dotx)$/i.test(name))
      return htmlBlocks(await htmlOfDocx(bytes))
    if (/\.(pdf|rtf|odt|pages|xlsx?|pptx?|png|jpe?g)$/i.test(name) || bytes.subarray(0, 4096).includes(0))
      if (!isUtf16(bytes))
        throw new Refusal(
          'Send a Word document (.docx), Markdown, a web page or plain text, or paste the words.',
        )
    return blocksOfText(textOf(bytes))
  }
  return blocksOfText(brought.text)
}

const isUtf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

/** UTF-8 or UTF-16, or else what Windows wrote. */
function textOf(bytes: Uint8Array): string {
  if (isUtf16(bytes)) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function blocksOfText(text: string): Block[] {
  const markup = /^\s*</.test(text)
  if (!markup && looksLikeMarkdown.test(text))
    return htmlBlocks(marked.parse(text, { async: false, gfm: true }) as string)
  if (looksLikeHtml.test(text)) return htmlBlocks(text)
  return text.split(/\r?\n|\r/).flatMap((line): Block[] => {
    const item = /^\s*(?:[•·▪◦*–-]|o|\d{1,2}[.)])\s+(.*)$/.exec(line)
    const words = tidy(item?.[1] ?? line)
    if (words === '') return []
    return [item ? { kind: 'item', depth: 1, text: words } : { kind: 'paragraph', text: words }]
  })
}

function htmlBlocks(html: string): Block[] {
  try {
    return blocksOfHtml(html)
  } catch (error) {
    if (error instanceof RangeError)
      throw new Refusal('This document is nested deeper than any person writes. Paste its words instead.')
    throw error
  }
}
