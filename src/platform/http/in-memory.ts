import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Context } from 'hono'
import { Refusal } from '../../kernel/refusal.ts'
import { wholeRequest } from './body.ts'
import { nameOf, parserOf } from './upload.ts'

export interface InMemory {
  readonly fields: Readonly<Record<string, string>>
  /** The first file that was chosen, by the name its sender gave it. */
  readonly file?: { readonly name: string; readonly bytes: Uint8Array }
}

/**
 * Reads a form with one small file, or with long words, into memory; nothing of it is kept. `most` is of bytes, for each field
 * and for the file. @throws Refusal when anything is larger, or it is no such form
 */
export async function receiveInMemory(c: Context, most: number): Promise<InMemory> {
  const request = wholeRequest(c)
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('multipart/form-data') || !request.body)
    throw new Refusal('The form can’t be read. Open the page again and send it from there.')
  const tooLarge = new Refusal(
    `That is larger than ${Math.round(most / 1024 / 1024)} MB, more than this page takes. Nothing was changed. Pictures make documents large: take them out, or bring it in halves.`,
  )
  const limits = { fieldNameSize: 100, fieldSize: most, fields: 200, files: 1, fileSize: most, parts: 202 }
  const parser = parserOf(type, limits)
  const fields: Record<string, string> = {}
  let file: InMemory['file']
  let trouble: Refusal | undefined
  parser.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) trouble ??= tooLarge
    else if (name !== '__proto__') fields[name] = value
  })
  parser.on('file', (_, stream, { filename }) => {
    const name = nameOf(filename)
    const pieces: Buffer[] = []
    stream.on('data', (piece: Buffer) => pieces.push(piece))
    stream.on('limit', () => {
      trouble ??= tooLarge
      pieces.length = 0
    })
    stream.on('end', () => {
      if (name && !trouble) file = { name, bytes: Buffer.concat(pieces) }
    })
  })
  await new Promise<void>((resolve) => {
    const body = Readable.fromWeb(request.body as ReadableStream)
    const broken = () => {
      trouble ??= new Refusal(
        'The form broke off before it was complete. Nothing was changed; send it again.',
      )
      parser.destroy()
      resolve()
    }
    parser.once('close', resolve)
    parser.on('error', broken)
    body.on('error', broken)
    body.pipe(parser)
  })
  if (trouble) throw trouble
  return { fields, ...(file ? { file } : {}) }
}
