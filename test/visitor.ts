import type { Hono } from 'hono'
import { signedIn } from '../src/modules/access/index.ts'
import { routes, signInRoutes } from '../src/modules/access/routes.tsx'
import type { House } from '../src/platform/house.ts'
import type { Env } from '../src/platform/http/env.ts'
import { openWeb } from '../src/platform/http/web.ts'

/** The pages of signing in and of people, as the server has them. */
export function signInApp(house: House): Hono<Env> {
  const web = openWeb(house, {
    renderError: (problem) => `<h1>${problem.title}</h1><p>${problem.sentence}</p>`,
  })
  web.route('/', signInRoutes(house))
  web.use(signedIn(house))
  web.get('/', (c) => c.text(`Hello ${c.get('viewer').name}`))
  web.get('/drops', (c) => c.text('the drops'))
  return web.route('/', routes(house))
}

export interface Answer {
  readonly status: number
  readonly to: string | null
  readonly text: string
}

/** A browser without JavaScript: keeps its cookies, posts forms, follows nothing by itself. */
export function visitor(app: () => Hono<Env>) {
  const jar = new Map<string, string>()
  const ask = async (
    path: string,
    form?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await app().request(path, {
      method: form ? 'POST' : 'GET',
      headers: {
        'user-agent': 'Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form
          ? { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
          : {}),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
      if (value === '' || /Max-Age=0/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    return {
      status: answer.status,
      to: answer.headers.get('location'),
      text: (await answer.text()).replaceAll('&#39;', '’'),
    }
  }
  return { ask, jar }
}
