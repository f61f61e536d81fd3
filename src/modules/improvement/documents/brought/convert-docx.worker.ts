import { parentPort, workerData } from 'node:worker_threads'
import mammoth from 'mammoth'

/** In a thread of its own: a document of many words keeps a thread busy for seconds. */
const { value } = await mammoth.convertToHtml(
  { buffer: Buffer.from(workerData as Uint8Array) },
  {
    externalFileAccess: false,
    convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    includeEmbeddedStyleMap: false,
  },
)
parentPort?.postMessage(value)
