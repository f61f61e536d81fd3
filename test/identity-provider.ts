import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Somebody as Microsoft or Google would describe them. */
export interface SaidOf {
  readonly sub: string
  readonly [claim: string]: unknown
}

export interface IdentityProvider {
  readonly issuer: string
  /** Who signs in from now on, and what goes wrong: `down`, `broken`, `slow`, `slow token`, `old key`, `forged key`, or nothing. */
  readonly now: (told: { person?: SaidOf; trouble?: string }) => Promise<void>
  /** What a browser does with the address it is sent to: the answer is the address to which it is sent back. */
  readonly visit: (address: string) => Promise<URL>
  readonly stop: () => Promise<void>
}

/** A real provider on 127.0.0.1; `shift` is how far its clock is wrong, in milliseconds. */
export async function openIdentityProvider(redirect: string, shift = 0): Promise<IdentityProvider> {
  const worker = new Worker(join(import.meta.dirname, 'identity-provider.worker.ts'), {
    workerData: { shift, redirect },
    execArgv: ['--experimental-strip-types', '--no-warnings'],
    stderr: true,
    stdout: true,
  })
  const [issuer] = (await once(worker, 'message')) as [string]
  return {
    issuer,
    now: async (told) => {
      worker.postMessage(told)
      await once(worker, 'message')
    },
    visit: async (address) => {
      const cookies = new Map<string, string>()
      let at = new URL(address)
      for (let hop = 0; hop < 10; hop++) {
        const answer = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const cookie of answer.headers.getSetCookie()) {
          const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
          cookies.set(name, value)
        }
        const to = answer.headers.get('location')
        if (!to) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`)
        at = new URL(to, at)
        if (at.pathname === '/sign-in/back') return at
      }
      throw new Error('The provider sends in circles.')
    },
    stop: async () => {
      await worker.terminate()
    },
  }
}
