import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/platform/database/migrate.ts'

const folders = '/usr/lib/postgresql'

/** The folder of PostgreSQL's programs, newest first, or nothing. */
export const serverPrograms = (): string | undefined =>
  existsSync(folders)
    ? readdirSync(folders)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(folders, version, 'bin'))
        .find((bin) => existsSync(join(bin, 'initdb')))
    : undefined

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** Starts a PostgreSQL of its own on 127.0.0.1, with a migrated database `template_world` to copy. Root cannot run it: `postgres` does. */
export async function startServer(folder: string) {
  const bin = serverPrograms()
  if (!bin) throw new Error('PostgreSQL is not installed: on Debian, apt-get install postgresql.')
  const data = join(folder, 'server')
  mkdirSync(data, { recursive: true })
  const asRoot = process.getuid?.() === 0
  const run = (program: string, args: string[]) =>
    asRoot
      ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', join(bin, program), ...args]
      : [join(bin, program), ...args]
  if (asRoot) execFileSync('chown', ['-R', 'postgres', folder])
  const [command, ...rest] = run('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ])
  execFileSync(command!, rest, { stdio: 'ignore' })
  const port = await freePort()
  const [server, ...args] = run('postgres', [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    data,
    '-c',
    'fsync=off',
    '-c',
    'max_connections=200',
  ])
  const child = spawn(server!, args, { stdio: 'ignore' })
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const admin = await connected(url('postgres'))
  await admin.query('create database template_world')
  await admin.end()
  const template = await connected(url('template_world'))
  await migrate({
    run: (text) => template.query(text).then(() => undefined),
    rows: async (text) => (await template.query(text)).rows,
  })
  await template.end()
  return {
    url: url('postgres'),
    stop: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGINT')
      }),
  }
}

async function connected(url: string): Promise<pg.Client> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return client
    } catch (error) {
      if (attempt > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
