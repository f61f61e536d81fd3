import type { Context } from 'hono'

const kinds = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** A paper of the kind that its address ends in: a PDF to read, a Word document to keep. */
export async function sendPaper(
  c: Context,
  name: string,
  make: Readonly<Record<keyof typeof kinds, () => Promise<Uint8Array>>>,
) {
  const kind = name.endsWith('.docx') ? 'docx' : 'pdf'
  const paper = await make[kind]()
  c.header('Content-Type', kinds[kind])
  if (kind === 'docx') c.header('Content-Disposition', `attachment; filename="${name}"`)
  return c.body(paper as Uint8Array<ArrayBuffer>)
}
