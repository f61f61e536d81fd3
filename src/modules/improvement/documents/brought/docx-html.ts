import { Worker } from 'node:worker_threads'
import { strToU8, zipSync } from 'fflate'
import yauzl from 'yauzl'
import { Refusal } from '../../../../kernel/refusal.ts'

const megabyte = 1024 * 1024
/** Of the words' own parts, unpacked: a self-evaluation of a hundred pages is smaller. */
const mostWords = 5 * megabyte
const patience = 30_000
const mostParts = 4000
const wanted =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(document|styles|numbering|footnotes|endnotes)\.xml|word\/_rels\/document\.xml\.rels)$/

const broken =
  'This Word document is broken: a part of it can’t be read. Save it anew in Word and send it again.'

/** The words' own parts of a Word document, trusting nothing that the file says of its size; pictures and macros stay behind. */
async function partsOf(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  const parts: Record<string, Uint8Array> = {}
  let unpacked = 0
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), {
    lazyEntries: true,
    validateEntrySizes: true,
  })
  if (zip.entryCount > mostParts)
    throw new Refusal('This file was not opened: it holds thousands of parts, as no document does.')
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted())
      throw new Refusal('This document is locked with a password. Take the password off and send it again.')
    if (!wanted.test(entry.fileName)) continue
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      unpacked += (piece as Buffer).length
      if (unpacked > mostWords)
        throw new Refusal(
          `This file was not opened: its words unpack to more than ${mostWords / megabyte} MB. Such files are made to bring a machine down.`,
        )
      pieces.push(piece as Buffer)
    }
    parts[entry.fileName] = Buffer.concat(pieces)
  }
  return parts
}

/** The conversion in a thread of its own, with an end to its time and memory. @throws Refusal */
function converted(docx: Uint8Array): Promise<string> {
  const file = import.meta.url.endsWith('.ts') ? './convert-docx.worker.ts' : './convert-docx.worker.js'
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(file, import.meta.url), {
      workerData: docx,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    })
    const timer = setTimeout(() => {
      reject(new Refusal('This document takes too long to read. Bring it in halves, or paste its words.'))
      void thread.terminate()
    }, patience)
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', () => {
      clearTimeout(timer)
      reject(new Refusal(broken))
    })
  })
}

const oldWord = [0xd0, 0xcf, 0x11, 0xe0]

/** A Word document as HTML. @throws Refusal when it is no such document, is locked, broken or made to bring a machine down */
export async function htmlOfDocx(bytes: Uint8Array): Promise<string> {
  if (oldWord.every((byte, at) => bytes[at] === byte))
    throw new Refusal(
      'This is an older Word document (.doc), or one locked with a password. Save it as .docx without a password and send it again.',
    )
  try {
    const parts = await partsOf(bytes)
    if (!parts['word/document.xml'])
      throw new Refusal('This file is no Word document. Send a .docx, a Markdown file or a web page.')
    for (const [name, part] of Object.entries(parts))
      if (Buffer.from(part).includes('<!DOCTYPE') || Buffer.from(part).includes('<!ENTITY'))
        throw new Refusal(
          `This file was not opened: ${name} declares things that no document of Word’s does.`,
        )
    // Where a part names what stayed behind, nothing stands.
    parts['word/_rels/document.xml.rels'] ??= strToU8(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    )
    return await converted(zipSync(parts, { level: 0 }))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(broken)
  }
}
