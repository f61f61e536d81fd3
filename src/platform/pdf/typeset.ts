import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/** What the thread is asked: see `PdfDocument`. */
export interface Order {
  readonly id: number
  readonly source: string
  readonly data: string
  readonly images: Readonly<Record<string, string>>
  /** Seconds since 1970, for the document's date. */
  readonly madeAt: number
}

export type Answer =
  | { readonly id: number; readonly pdf: Uint8Array }
  | { readonly id: number; readonly trouble: string }

/** A folder that does not exist: a template sees only what it is handed, never the disk. */
const workspace = '/throughline-typesetting'
const fonts = dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/atkinson-hyperlegible-next/package.json'),
)
const weights = ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold']

interface Diagnostic {
  readonly message: string
  readonly path?: string
  readonly range?: unknown
}

const compiler = NodeCompiler.create({
  workspace,
  fontArgs: [{ fontPaths: weights.map((weight) => join(fonts, weight)) }],
})

function typeset({ source, data, images, madeAt }: Order): Uint8Array {
  compiler.resetShadow()
  compiler.mapShadow(join(workspace, 'data.json'), Buffer.from(data))
  for (const [name, svg] of Object.entries(images))
    compiler.mapShadow(join(workspace, 'images', name), Buffer.from(svg))
  const compiled = compiler.compile({ mainFileContent: source })
  const document = compiled.result
  if (!document || compiled.hasError()) {
    const diagnostics = (compiled.takeDiagnostics()?.shortDiagnostics ?? []) as Diagnostic[]
    throw new Error(
      diagnostics
        .map(({ message, range }) => `${message}${range ? ` at ${JSON.stringify(range)}` : ''}`)
        .join('; ') || 'The document did not compile.',
    )
  }
  const pdf = compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp: madeAt })
  compiler.evictCache(5)
  return new Uint8Array(pdf)
}

parentPort?.on('message', (order: Order) => {
  try {
    const pdf = typeset(order)
    parentPort?.postMessage({ id: order.id, pdf } satisfies Answer, [pdf.buffer as ArrayBuffer])
  } catch (error) {
    parentPort?.postMessage({ id: order.id, trouble: (error as Error).message } satisfies Answer)
  }
})
