import { basename } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import busboy from 'busboy'
import type { Context } from 'hono'
import { Refusal } from '../../kernel/refusal.ts'
import type { Files, KeptFile } from '../files.ts'
import { wholeRequest } from './body.ts'

export interface UploadedFile extends KeptFile {
  /** Name of the form's field. */
  readonly field: string
  /** As the sender called it, without folders: `spring marks.xlsx`. Show it, never open by it. */
  readonly name: string
}

export interface Upload {
  readonly fields: Readonly<Record<string, string>>
  readonly files: readonly UploadedFile[]
}

const limits = {
  fieldNameSize: 100,
  fieldSize: 64 * 1024,
  fields: 100,
  files: 20,
  parts: 120,
  headerPairs: 50,
}

/**
 * Reads a form with files: each goes straight into the store, never whole into memory. A file left out is left out.
 * @throws Refusal when it is no such form, is too large or breaks off.
 */
export async function receiveUpload(c: Context, files: Files): Promise<Upload> {
  const request = wholeRequest(c)
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('multipart/form-data') || !request.body)
    throw new Refusal('Choose a file, then send the form again.')
  const body = Readable.fromWeb(request.body as ReadableStream)
  const parser = parserOf(type, limits)
  const fields: Record<string, string> = {}
  const kept: Promise<UploadedFile | undefined>[] = []
  let trouble: unknown

  parser.on('field', (name, value, { valueTruncated, nameTruncated }) => {
    if (valueTruncated || nameTruncated)
      trouble ??= new Refusal('One of the answers on the form is too long. Nothing was changed.')
    else if (name !== '__proto__') fields[name] = value
  })
  parser.on('file', (field, stream, { filename }) => {
    const name = nameOf(filename)
    if (!name) {
      stream.resume()
      return
    }
    const passing = new PassThrough()
    stream.on('error', (error) => passing.destroy(error))
    stream.pipe(passing)
    kept.push(
      files.keep(passing).then(
        (file) => ({ field, name, ...file }),
        (error) => {
          trouble ??= error
          stream.unpipe(passing)
          stream.resume()
          return undefined
        },
      ),
    )
  })
  for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    parser.on(event, () => {
      trouble ??= new Refusal(
        `That form has more parts than can be taken: at most ${limits.files} files at once. Nothing was changed.`,
      )
    })

  await new Promise<void>((resolve) => {
    const broken = () => {
      trouble ??= new Refusal('The upload broke off before it was complete. Nothing was kept; send it again.')
      parser.destroy()
      resolve()
    }
    parser.once('close', resolve)
    parser.on('error', broken)
    body.on('error', broken)
    body.pipe(parser)
  })
  const uploaded = await Promise.all(kept)
  if (trouble) throw trouble
  return { fields, files: uploaded.filter((file) => file !== undefined) }
}

export function parserOf(type: string, limits: busboy.Limits) {
  try {
    return busboy({ headers: { 'content-type': type }, limits, defParamCharset: 'utf8' })
  } catch {
    throw new Refusal('The form can’t be read. Open the page again and send it from there.')
  }
}

/** As the sender called it, without folders and marks that are not seen. */
export const nameOf = (filename: string | undefined): string =>
  basename((filename ?? '').replaceAll('\\', '/'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters have no place in a name that is shown
    .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(0, 200)
