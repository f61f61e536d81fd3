import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export interface Listening {
  /** `http://127.0.0.1:3000` */
  readonly url: string
  readonly port: number
  /** Lets requests under way finish, at most `seconds`. */
  readonly close: (seconds?: number) => Promise<void>
}

/** The port is taken, or may not be used. */
export class CannotListen extends Error {}

const troubles: Record<string, string> = {
  EADDRINUSE: 'is in use by another program. Choose another with --port',
  EACCES: 'may not be used by this user. Choose one above 1024 with --port',
  EADDRNOTAVAIL: 'is not an address of this machine. Choose another with --host',
}

// biome-ignore lint/suspicious/noExplicitAny: any application, whatever its pages find in their context
export function listen(app: Hono<any>, { host, port }: { host: string; port: number }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({
      fetch: app.fetch,
      hostname: host,
      port,
      serverOptions: { headersTimeout: 15_000, requestTimeout: 1_200_000, keepAliveTimeout: 10_000 },
    }) as Server
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new CannotListen(
          `${host}:${port} ${troubles[error.code ?? ''] ?? `can’t be listened on (${error.message})`}.`,
          { cause: error },
        ),
      ),
    )
    server.once('listening', () => {
      const address = server.address() as AddressInfo
      const shown = host.includes(':') ? `[${host}]` : host
      resolve({
        url: `http://${shown}:${address.port}`,
        port: address.port,
        close: (seconds = 10) => closeServer(server, seconds),
      })
    })
  })
}

/** A port of this machine that nothing listens on now. */
export async function freePort(host: string): Promise<number> {
  const trial = createServer().listen(0, host)
  await once(trial, 'listening')
  const { port } = trial.address() as AddressInfo
  trial.close()
  await once(trial, 'close')
  return port
}

const closeServer = (server: Server, seconds: number) =>
  new Promise<void>((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), seconds * 1000)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })
