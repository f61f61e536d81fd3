import { Worker } from 'node:worker_threads'
import { timed } from '../timing.ts'
import type { Answer, Order } from './typeset.ts'

export interface PdfDocument {
  /** Shown in the window's head and read out first. */
  readonly title: string
  /**
   * Typst source. It finds the data as `data` and the pictures as `image("/images/NAME", alt: "…")`; every picture needs
   * its `alt`, or stands in `pdf.artifact` when the text says the same.
   */
  readonly template: string
  readonly data: unknown
  /** SVG by file name: `{ 'trend.svg': '<svg …>' }` */
  readonly images?: Readonly<Record<string, string>>
  readonly madeAt: Date
}

const patience = 30_000

/** Everything a PDF/UA needs before the first word: a title, a language, a typeface that can be read. */
const opening = `#let data = json("/data.json")
#set document(title: data.at("_title"))
#set text(lang: "en", region: "GB", font: "Atkinson Hyperlegible Next")
`

interface Waiting {
  readonly resolve: (pdf: Uint8Array) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

let thread: Worker | undefined
let last = 0
const waiting = new Map<number, Waiting>()

/** Typst sets type in the thread that calls it, so it has one of its own; it starts with the first document and holds nothing open. */
function typesetter(): Worker {
  if (thread) return thread
  const file = import.meta.url.endsWith('.ts') ? './typeset.ts' : './typeset.js'
  const started = new Worker(new URL(file, import.meta.url))
  started.unref()
  started.on('message', (answer: Answer) => {
    const order = waiting.get(answer.id)
    if (!order) return
    settle(answer.id)
    if ('pdf' in answer) order.resolve(answer.pdf)
    else order.reject(new Error(`The PDF could not be made: ${answer.trouble}`))
  })
  const stopped = (error: Error) => {
    if (thread === started) thread = undefined
    for (const [id, { reject }] of waiting) {
      settle(id)
      reject(error)
    }
  }
  started.on('error', stopped)
  started.on('exit', () => stopped(new Error('The PDF could not be made: typesetting stopped.')))
  thread = started
  return started
}

function settle(id: number): void {
  clearTimeout(waiting.get(id)?.timer)
  waiting.delete(id)
  if (waiting.size === 0) thread?.unref()
}

/** Makes a tagged PDF/UA-1. @throws Error that says what in the template is at fault, or that it took over half a minute. */
export function renderPdf({ title, template, data, images = {}, madeAt }: PdfDocument): Promise<Uint8Array> {
  return timed(
    'render',
    () =>
      new Promise((resolve, reject) => {
        const worker = typesetter()
        const id = ++last
        const timer = setTimeout(() => void worker.terminate(), patience)
        waiting.set(id, { resolve, reject, timer })
        worker.ref()
        worker.postMessage({
          id,
          source: opening + template,
          data: JSON.stringify({ ...(data as object), _title: title }),
          images,
          madeAt: Math.floor(madeAt.getTime() / 1000),
        } satisfies Order)
      }),
  )
}
