import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/platform/database/migrate.ts'
import { startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    template: string
    serverUrl: string
  }
}

/** One migrated template for a run: each test file loads a copy of its own in half a second. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-template-'))
  if (process.env.THROUGHLINE_TEST_DATABASE === 'server') {
    const server = await startServer(folder)
    project.provide('template', '')
    project.provide('serverUrl', server.url)
    return async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const pglite = await PGlite.create()
  await migrate({
    run: (text) => pglite.exec(text).then(() => undefined),
    rows: async (text) => (await pglite.query<Record<string, unknown>>(text)).rows,
  })
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  const path = join(folder, 'template.tar')
  writeFileSync(path, Buffer.from(await dump.arrayBuffer()))
  project.provide('template', path)
  project.provide('serverUrl', '')
  return () => rmSync(folder, { recursive: true, force: true })
}
