import { spawn } from 'node:child_process'
import { Agent, request as ask } from 'node:http'
import { join } from 'node:path'
import { root } from './scale.ts'

export interface Answer {
  readonly status: number
  readonly ms: number
  readonly bytes: number
  readonly text: string
  /** What the server set, as a browser would send it back. */
  readonly cookie: string
}

export interface Sending {
  readonly cookie?: string
  /** Set: it is posted, as a form. */
  readonly form?: Readonly<Record<string, string>> | URLSearchParams
  readonly accept?: string
}

/** The program as people run it, from `dist`, in a process of its own on a free port. */
export async function startServer(data: string, readers: number) {
  const started = performance.now()
  const server = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'dist/app/cli.js'),
      'serve',
      '--data',
      data,
      '--port',
      '0',
    ],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { MALLOC_ARENA_MAX: '2', ...process.env, THROUGHLINE_RATE_LIMIT: 'off' },
    },
  )
  const address = await new Promise<string>((resolve, reject) => {
    server.stdout.on('data', (part) => {
      const found = /Listening on (http:\S+)/.exec(String(part))
      if (found) resolve(found[1]!)
    })
    server.on('exit', () => reject(new Error('The server stopped before it listened.')))
  })
  const startMs = performance.now() - started
  const agent = new Agent({ keepAlive: true, maxSockets: readers })

  const get = (path: string, { cookie = '', form, accept }: Sending = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const from = performance.now()
      const sent = ask(
        new URL(path, address),
        {
          agent,
          method: form ? 'POST' : 'GET',
          headers: {
            cookie,
            ...(accept ? { accept } : {}),
            ...(form ? { origin: address, 'content-type': 'application/x-www-form-urlencoded' } : {}),
          },
        },
        (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part) => parts.push(part))
          answer.on('end', () => {
            const whole = Buffer.concat(parts)
            resolve({
              status: answer.statusCode!,
              ms: performance.now() - from,
              bytes: whole.length,
              text: whole.toString('utf8'),
              cookie: (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; '),
            })
          })
        },
      )
      sent.on('error', reject)
      sent.end(form && new URLSearchParams(form).toString())
    })

  /** A session of one of the demo's people. */
  const signIn = async (name: string): Promise<string> => {
    const { text } = await get('/sign-in')
    const form = [...text.matchAll(/<form[^>]*action="([^"]*demo[^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].find(
      ([, , inside]) => inside!.includes(name),
    )
    if (!form) throw new Error(`The sign-in page does not offer ${name}.`)
    const fields = [...form[2]!.matchAll(/name="([^"]+)"[^>]*value="([^"]*)"/g)].map(
      ([, field, value]) => [field!, value!] as [string, string],
    )
    const { cookie } = await get(form[1]!.replaceAll('&amp;', '&'), { form: new URLSearchParams(fields) })
    if (!cookie) throw new Error('Signing in gave no session.')
    return cookie
  }

  return {
    address,
    startMs,
    pid: server.pid!,
    get,
    signIn,
    stop: () =>
      new Promise<void>((resolve) => {
        agent.destroy()
        server.once('exit', () => resolve())
        server.kill('SIGTERM')
      }),
  }
}

/** Runs `read` for each reader once a second until the time is up; they do not all begin at once. */
export async function onceASecond(
  readers: number,
  seconds: number,
  read: (place: number, turn: number) => Promise<void>,
): Promise<void> {
  const end = performance.now() + seconds * 1000
  const one = async (place: number) => {
    await new Promise((resolve) => setTimeout(resolve, (place / readers) * 1000))
    for (let turn = 0; performance.now() < end; turn++) {
      const next = performance.now() + 1000
      await read(place, turn)
      const rest = next - performance.now()
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
    }
  }
  await Promise.all(Array.from({ length: readers }, (_, place) => one(place)))
}
