import { z } from 'zod'

/** The last file of a backup: what should be in it, and with what contents. */
export const manifestName = 'manifest.json'
export const recordFolder = 'record'
export const dataFolder = 'data'

export const manifestShape = z.object({
  format: z.literal('throughline-backup'),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Migrations that the record had. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int().min(0) })),
  entries: z.array(
    z.object({ path: z.string(), bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
})
export type Manifest = z.infer<typeof manifestShape>

export const tableEntry = (name: string): string => `${recordFolder}/${name.replaceAll('"', '')}.ndjson`
