/** How a spreadsheet letters its columns: 0 → `A`, 27 → `AB`. */
export function columnLetter(index: number): string {
  let rest = index
  let letters = ''
  do {
    letters = String.fromCharCode(65 + (rest % 26)) + letters
    rest = Math.floor(rest / 26) - 1
  } while (rest >= 0)
  return letters
}

/** For comparing names and headings: no case, no accents, no marks: `Brontë-Ó Shea` → `bronte o shea`. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’'`]/g, '')
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim()

/** What a spreadsheet would take for a formula. It is kept as text and never worked out. */
export const looksLikeFormula = (text: string): boolean => /^\s*[=@]|^\s*[+-](?![\d.,\s]|$)/.test(text)

export const looksLikeScript = (text: string): boolean => /<\s*\/?\s*[a-z!]|javascript:/i.test(text)
