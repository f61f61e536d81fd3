import type { House } from '../../../platform/house.ts'
import { openWeb } from '../../../platform/http/web.ts'
import { jsonLog, silentLog } from '../../../platform/log.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { handleDeliveries } from '../deliveries/index.ts'
import { handleFileWork } from '../imports/work/index.ts'
import { handleSendings } from '../receiving/index.ts'
import { publicRoutes, routes } from '../routes.tsx'

export interface Visited {
  readonly status: number
  /** Where it sends on to. */
  readonly to: string
  readonly html: string
  /** What a reader reads: the page without its tags. */
  readonly text: string
  readonly headers: Headers
}

type Fields = Readonly<Record<string, string | readonly string[]>>

const words = (html: string): string =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<\/(p|li|h\d|td|th|dt|dd|tr|label|option|legend)>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', '’')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')

const handleAll = async (house: House) => {
  await handleFileWork(house)
  await handleDeliveries(house)
  await handleSendings(house)
}

const working = new WeakMap<House, Promise<void>>()

/** Long work on files is done in this house from now on. */
export function atWork(house: House): Promise<void> {
  const already = working.get(house) ?? handleAll(house)
  working.set(house, already)
  return already
}

/** The pages of drops as somebody meets them: the real application round them, and them signed in. */
export function visiting(
  house: House,
  viewer?: Viewer,
  { patience = 60_000, idle = false }: { readonly patience?: number; readonly idle?: boolean } = {},
) {
  const web = openWeb(
    { ...house, log: { ...silentLog, error: jsonLog.error } },
    {
      renderError: (problem) => `<h1>${problem.title}</h1><p>${problem.sentence}</p>`,
      limits: {},
    },
  )
  web.route('/', publicRoutes(house))
  web.use((c, next) => {
    if (viewer) c.set('viewer', viewer)
    return next()
  })
  web.route('/', routes(house, patience))
  const asked = async (path: string, init?: RequestInit): Promise<Visited> => {
    if (!idle) await atWork(house)
    const answer = await web.request(`${house.config.origin}${path}`, init)
    const html = await answer.text()
    return {
      status: answer.status,
      to: answer.headers.get('location') ?? '',
      html,
      text: words(html),
      headers: answer.headers,
    }
  }
  const headers = { origin: house.config.origin }
  return {
    get: (path: string) => asked(path),
    post: (path: string, fields: Fields = {}) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(fields))
        for (const one of typeof value === 'string' ? [value] : value) body.append(name, one)
      return asked(path, { method: 'POST', headers, body })
    },
    send: (path: string, file?: { name: string; text: string | Uint8Array<ArrayBuffer> }) => {
      const body = new FormData()
      if (file) body.append('file', new Blob([file.text]), file.name)
      return asked(path, { method: 'POST', headers, body })
    },
  }
}
