import { createRoute, z } from '@hono/zod-openapi'

const receipt = z
  .object({
    kind: z.enum(['results', 'record']).openapi({
      description: 'Results go to a drop; schools, pupils, classes and staff go on to the record.',
    }),
    state: z.enum(['published', 'put in', 'waits', 'nothing new']),
    says: z.string().openapi({ example: 'OneRoster 1.2: 1 school, 140 pupils, 9 staff, 12 classes' }),
    page: z.string().optional().openapi({ description: 'Where a person sees it.', example: '/files/12' }),
    snapshot: z.number().int().optional().openapi({ description: 'The snapshot that publishing made.' }),
    why: z.string().optional().openapi({ description: 'Why it waits, in a sentence.' }),
    leftOut: z.number().int().openapi({ description: 'Lines that could not go in.' }),
  })
  .openapi('Receipt')

const id = z
  .number()
  .int()
  .openapi({ description: 'Of this sending: GET /files/{id} gives the answer again.' })

const working = z
  .object({
    id,
    state: z.literal('working'),
    href: z.string().openapi({
      description: 'Where its answer will stand; Location says the same.',
      example: '/api/v1/files/12',
    }),
  })
  .openapi('Working')

const sent = z
  .object({
    id,
    state: z.literal('done'),
    receipts: z.array(receipt),
  })
  .openapi('Sent')

const refusal = z
  .object({ error: z.string().openapi({ example: 'The drop was locked on 20 March 2026.' }) })
  .openapi('Refusal')

const said = (description: string, schema: typeof sent | typeof working | typeof refusal) => ({
  description,
  content: { 'application/json': { schema } },
})

const prefer = z.string().max(200).optional().openapi({
  description: 'Seconds to wait for the answer itself, at most 60 (RFC 7240).',
  example: 'wait=30',
})

const stillRead = 'The file is kept and is being read: ask again at the status address.'

const faults = {
  401: said('There is no such key, or it was revoked.', refusal),
  429: said('Too many requests. Retry-After says how many seconds to wait.', refusal),
}

const binary = { schema: { type: 'string', format: 'binary' } as never }

export const sendRoute = createRoute({
  method: 'post',
  path: '/files',
  summary: 'Send a file',
  description:
    'The body is the file itself. It is recognised by what is in it: a mark sheet (CSV, XLSX), a OneRoster package (ZIP), and the other formats that Throughline reads. It is read after the answer (202, with the address where it will stand), unless the request says how long it would wait. The same file sent twice changes nothing the second time.',
  security: [{ key: [] }],
  request: {
    headers: z.object({
      prefer,
      'idempotency-key': z.string().min(1).max(200).optional().openapi({
        description:
          'Yours, new for each file: a request repeated with it is answered again and not done again.',
        example: 'saltmarsh-2026-03-20',
      }),
    }),
    query: z.object({
      name: z
        .string()
        .max(200)
        .optional()
        .openapi({ description: 'The file’s name, for people.', example: 'spring-marks.csv' }),
      school: z
        .string()
        .regex(/^\d{6}$/, 'A URN has six digits.')
        .optional()
        .openapi({
          description: 'URN of the school whose file it is. A key of one school needs none.',
          example: '199001',
        }),
      drop: z.string().max(60).optional().openapi({
        description:
          'Code of the drop that results are for. Left out, the only open one that asks the school.',
        example: '2026-spring',
      }),
    }),
    body: {
      required: true,
      content: { 'application/octet-stream': binary, 'text/csv': binary, 'application/zip': binary },
    },
  },
  responses: {
    202: said(stillRead, working),
    201: said('Taken, and the request waited for it. What became of it stands in the receipts.', sent),
    200: said('Answered before, or nothing in it is new: nothing was changed.', sent),
    413: said('The file is larger than this server takes.', refusal),
    422: said('Refused, with the sentence that a person would read. Nothing was changed.', refusal),
    ...faults,
  },
})

export const askRoute = createRoute({
  method: 'get',
  path: '/files/{id}',
  summary: 'What became of a sending',
  security: [{ key: [] }],
  request: {
    headers: z.object({ prefer }),
    params: z.object({ id: z.coerce.number().int().positive() }),
  },
  responses: {
    202: said(stillRead, working),
    200: said('The answer that it got.', sent),
    404: said('This key sent nothing under that number.', refusal),
    422: said('It was refused, with this sentence.', refusal),
    ...faults,
  },
})

export const about = {
  openapi: '3.1.0',
  info: {
    title: 'Throughline: files by key',
    version: '1.0.0',
    description:
      'For a school’s own nightly job: send the file that your system writes, with a key that a person made.',
  },
  servers: [{ url: '/api/v1' }],
}
