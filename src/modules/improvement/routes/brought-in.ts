import type { Context } from 'hono'
import { receiveInMemory } from '../../../platform/http/in-memory.ts'
import { mostBytes } from '../commands/bring.ts'
import type { Brought } from '../documents/brought/read-document.ts'

/** The file that was chosen, or else what was pasted: with its shape where the browser could tell it. @throws Refusal */
export async function broughtIn(c: Context): Promise<Brought> {
  const { fields, file } = await receiveInMemory(c, mostBytes)
  if (file && file.bytes.length > 0) return file
  return { name: 'Pasted words', text: fields.shaped || fields.pasted || '' }
}
