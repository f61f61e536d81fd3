import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { erasedList } from '../../../platform/backup.ts'
import { flush } from '../../../platform/disk.ts'
import type { House } from '../../../platform/house.ts'

/** One pupil who was erased, as the list that outlasts a restore holds them: a number of ours and keyed hashes. */
const shape = z.object({
  trust: z.string(),
  pupil: z.int().positive(),
  marks: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  at: z.iso.datetime(),
  figures: z.enum(['without them', 'nameless row']),
})
export type Erased = z.infer<typeof shape>

export interface Marked {
  readonly pupil: number
  readonly upns: readonly string[]
  readonly localId: string | null
  readonly surname: string
  readonly forename: string
}

/** Keyed hashes of what a pupil is known by: only this house can tell whether a pupil in a backup is the one that was erased. */
export function marksOf({ config }: House, { pupil, upns, localId, surname, forename }: Marked): string[] {
  const known = [
    ...upns.map((upn) => `upn ${upn}`),
    ...(localId ? [`number ${localId}`] : []),
    ...(surname || forename ? [`name ${surname}, ${forename}`] : []),
  ]
  const key = createHmac('sha256', config.secret).update('erased pupils').digest()
  return (known.length > 0 ? known : ['nothing']).map((one) =>
    createHmac('sha256', key).update(`${pupil} ${one.toLowerCase()}`).digest('hex'),
  )
}

/** Reads the list of the data folder; lines that are no such lines are passed over. */
export function readErased({ config }: House): Erased[] {
  const path = join(config.data, erasedList)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const read = shape.safeParse(JSON.parse(line))
        return read.success ? [read.data] : []
      } catch {
        return []
      }
    })
}

const nameOf = ({ trust, pupil, at }: Erased) => `${trust} ${pupil} ${at}`

/** Writes what is not in the list yet, whole and aside, then in one step in its place. */
export async function listErased(house: House, erased: readonly Erased[]): Promise<void> {
  const known = readErased(house)
  const names = new Set(known.map(nameOf))
  const fresh = erased.filter((one) => !names.has(nameOf(one)))
  if (fresh.length === 0) return
  const path = join(house.config.data, erasedList)
  const text = [...known, ...fresh].map((one) => `${JSON.stringify(one)}\n`).join('')
  await writeFile(`${path}.part`, text, { mode: 0o600, flush: true })
  await rename(`${path}.part`, path)
  await flush(house.config.data)
}
