import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the built client lies: beside the compiled server, or in the repository's `dist`. */
export const clientFolder = (): string => {
  const beside = join(import.meta.dirname, '..', 'client')
  return existsSync(join(beside, '.vite', 'manifest.json'))
    ? beside
    : join(import.meta.dirname, '..', '..', 'dist', 'client')
}

export interface Assets {
  readonly styles: readonly string[]
  /** Fonts to fetch early, so that the first words are drawn in them. */
  readonly fonts: readonly string[]
  readonly script: string
}

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly assets?: readonly string[]
  readonly isEntry?: boolean
}

export class NoClient extends Error {
  constructor(folder: string) {
    super(
      `The styles have not been built: ${folder} has no .vite/manifest.json. Run \`npm run build\` first.`,
    )
    this.name = 'NoClient'
  }
}

let known: Assets | undefined

function read(folder: string): Assets | undefined {
  const manifest = join(folder, '.vite', 'manifest.json')
  if (!existsSync(manifest)) return undefined
  const chunks = Object.values(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Chunk>)
  const entry = chunks.find((chunk) => chunk.isEntry)
  if (!entry) return undefined
  const address = (file: string) => `/${file}`
  const files = [...new Set(chunks.flatMap((chunk) => [chunk.file, ...(chunk.assets ?? [])]))]
  return {
    styles: (entry.css ?? []).map(address),
    fonts: files.filter((file) => /latin-wght-normal.*\.woff2$/.test(file)).map(address),
    script: address(entry.file),
  }
}

/** Addresses of the built styles, fonts and script, with their hashes. A server calls it at its start, to refuse clearly. */
export function assets(folder = clientFolder()): Assets {
  const found = read(folder)
  if (!found) throw new NoClient(folder)
  return found
}

/** The same for each page, read once. A page is still a page where nothing has been built: plain, as in the tests. */
export function pageAssets(): Assets {
  known ??= read(clientFolder())
  return known ?? { styles: [], fonts: [], script: '/assets/main.js' }
}
