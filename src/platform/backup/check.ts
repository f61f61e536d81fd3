import { Refusal } from '../../kernel/refusal.ts'
import { unknownMigrations } from '../database/migrate.ts'
import { checkPacking, readArchive } from './archive.ts'
import { type Manifest, manifestName, manifestShape } from './manifest.ts'

const most = 64 * 1024 * 1024

/**
 * Reads a whole backup and compares every file with what the manifest says of it; writes nothing.
 * @throws Refusal with what is wrong.
 */
export async function checkBackup(file: string): Promise<Manifest> {
  await checkPacking(file)
  let text = ''
  const found = await readArchive(file, async ({ path, content }) => {
    if (path !== manifestName) return
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of content) {
      bytes += part.length
      if (bytes > most) break
      parts.push(part)
    }
    text = Buffer.concat(parts).toString('utf8')
  })
  const manifest = readManifest(file, text)
  const said = new Map(manifest.entries.map((entry) => [entry.path, entry]))
  for (const { path, bytes, sha256 } of found) {
    if (path === manifestName) continue
    const entry = said.get(path)
    if (!entry)
      throw new Refusal(`${file} holds ${path}, of which its list knows nothing. Nothing was restored.`)
    if (entry.bytes !== bytes || entry.sha256 !== sha256)
      throw new Refusal(
        `${path} in ${file} is not what was backed up: its contents have changed. Nothing was restored.`,
      )
    said.delete(path)
  }
  const [missing] = said.keys()
  if (missing) throw new Refusal(`${missing} is missing from ${file}. Nothing was restored.`)
  const [newer] = unknownMigrations(manifest.migrations)
  if (newer)
    throw new Refusal(
      `${file} was made by a newer Throughline (${newer}). Restore it with that version or a later one.`,
    )
  return manifest
}

function readManifest(file: string, text: string): Manifest {
  try {
    return manifestShape.parse(JSON.parse(text))
  } catch (error) {
    throw new Refusal(
      `${file} is not a Throughline backup, or not a whole one: its list of contents can’t be read. Nothing was restored.`,
      { cause: error },
    )
  }
}
