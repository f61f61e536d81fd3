export type FileKind = { readonly kind: 'text' | 'zip' } | { readonly kind: 'refused'; readonly why: string }

const asCsv = 'Save it as a CSV file or an Excel workbook (.xlsx) and upload that.'

const starts: readonly (readonly [string | readonly number[], string])[] = [
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    'This is an old Excel workbook (.xls), or one that is locked with a password. Open it in Excel, take the password off, and save it as an Excel workbook (.xlsx).',
  ],
  [
    '%PDF',
    `This is a PDF: a picture of a table, not the table. Ask for the file that it was made from. ${asCsv}`,
  ],
  [[0x89, 0x50, 0x4e, 0x47], `This is a picture (PNG). ${asCsv}`],
  [[0xff, 0xd8, 0xff], `This is a photograph (JPEG). ${asCsv}`],
  ['GIF8', `This is a picture (GIF). ${asCsv}`],
  ['RIFF', `This is a picture or a recording. ${asCsv}`],
  [[0x1f, 0x8b], 'This is a compressed file (gzip). Unpack it and upload the file that is in it.'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'This is a compressed file (7z). Unpack it and upload the file that is in it.'],
  ['Rar!', 'This is a compressed file (RAR). Unpack it and upload the file that is in it.'],
  ['BZh', 'This is a compressed file (bzip2). Unpack it and upload the file that is in it.'],
  ['{\\rtf', `This is a Word document (RTF). ${asCsv}`],
  ['%!PS', `This is a file for a printer (PostScript). ${asCsv}`],
  ['PAR1', `This is a Parquet file. ${asCsv}`],
  ['SQLite format 3', `This is a database (SQLite). ${asCsv}`],
  ['MZ', `This is a program for Windows. It was not run. ${asCsv}`],
  [[0x7f, 0x45, 0x4c, 0x46], `This is a program. It was not run. ${asCsv}`],
]

const startsWith = (head: Uint8Array, start: string | readonly number[]) => {
  const bytes = typeof start === 'string' ? [...start].map((character) => character.charCodeAt(0)) : start
  return bytes.every((byte, at) => head[at] === byte)
}

/** What a file is, by its first bytes and never by its name. An empty file, or one that is no table, is refused with a sentence. */
export function fileKind(head: Uint8Array): FileKind {
  if (head.length === 0)
    return {
      kind: 'refused',
      why: 'The file is empty: it holds no bytes at all. Export it again and look inside before you send it.',
    }
  if (startsWith(head, 'PK')) {
    if (head[2] === 3 && head[3] === 4) return { kind: 'zip' }
    if (head[2] === 5 && head[3] === 6)
      return { kind: 'refused', why: `This is a compressed folder (ZIP) with nothing in it. ${asCsv}` }
  }
  if (startsWith(head, 'MZ') && !isMostlyText(head))
    return { kind: 'refused', why: starts.find(([start]) => start === 'MZ')![1] }
  for (const [start, why] of starts)
    if (start !== 'MZ' && startsWith(head, start)) return { kind: 'refused', why }
  const text = Buffer.from(head.subarray(0, 400))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase()
  if (/^<(!doctype html|html|table|head|body)\b/.test(text))
    return {
      kind: 'refused',
      why: `This is a web page, perhaps one that asks you to sign in, or an export that is a web page under another name. ${asCsv}`,
    }
  if (/^<\?xml|^<(ctf|ctfile|message)\b/.test(text))
    return {
      kind: 'refused',
      why: `This is an XML file, and not a Common Transfer File. Throughline reads tables. ${asCsv}`,
    }
  if (/^\{\s*"|^\[\s*[{[]/.test(text)) return { kind: 'refused', why: `This is a JSON file. ${asCsv}` }
  if (!isMostlyText(head))
    return { kind: 'refused', why: `This is not a table: most of it is not text. ${asCsv}` }
  return { kind: 'text' }
}

/** Few control characters, once the zero bytes of UTF-16 are set aside. */
function isMostlyText(head: Uint8Array): boolean {
  const utf16 = looksUtf16(head)
  let odd = 0
  let seen = 0
  for (const byte of head) {
    if (byte === 0 && utf16) continue
    seen++
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 26) odd++
  }
  return seen > 0 && odd / seen < 0.1
}

/** UTF-16 by its mark, or by zeros that stand in every second place. */
export function looksUtf16(head: Uint8Array): 'le' | 'be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'be'
  const most = Math.min(head.length, 4_000)
  if (most < 4) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at < most; at++) if (head[at] === 0) at % 2 ? odd++ : even++
  const half = most / 2
  if (odd > half * 0.6 && even < half * 0.1) return 'le'
  if (even > half * 0.6 && odd < half * 0.1) return 'be'
  return undefined
}
