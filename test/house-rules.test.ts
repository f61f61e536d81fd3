import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrationsFolder } from '../src/platform/database/migrate.ts'
import type { Database } from '../src/platform/database/open.ts'
import { openTestDatabase } from './database.ts'

const root = join(import.meta.dirname, '..')
const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
const sources = walk(join(root, 'src')).map((path) => relative(root, path))

describe('the record', () => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())

  const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pgboss')`
  // Needed before there is a trust: the list of migrations, and sign-in (docs/decisions/0004-sign-in-tables.md).
  const beforeTrust = `(n.nspname = 'platform' and c.relname = 'migration') or (n.nspname = 'access' and c.relname like 'sign\\_in\\_%')`
  const ask = async (text: string) => (await database.executeSql(text)).rows as Record<string, string>[]

  it('keeps trust_id first in every primary key, so that tables can be spread over machines by it', async () => {
    const rows =
      await ask(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where c.relkind = 'r' and ${ours} and not (${beforeTrust}) and a.attname is distinct from 'trust_id' order by 1`)
    expect(rows, 'Give these tables a primary key that starts with trust_id.').toEqual([])
  })

  it('keeps trust_id first in every foreign key', async () => {
    const rows =
      await ask(`select k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where k.contype = 'f' and ${ours} and not (${beforeTrust}) and a.attname <> 'trust_id' order by 1`)
    expect(rows, 'Start these foreign keys with trust_id.').toEqual([])
  })

  it('guards every table by row-level security that even its owner obeys', async () => {
    const rows =
      await ask(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and ${ours} and not (n.nspname = 'platform' and c.relname = 'migration') and not (c.relrowsecurity and c.relforcerowsecurity)`)
    expect(rows, 'Enable and force row-level security on these, with a policy.').toEqual([])
  })

  it('is asked by a role that can neither bypass that nor own a table', async () => {
    const [role] =
      await ask(`select current_user::text as name, r.rolsuper::text as super, r.rolbypassrls::text as bypass,
      (select count(*)::text from pg_class c where c.relowner = r.oid) as owns from pg_roles r where r.rolname = current_user`)
    expect(role).toMatchObject({ name: 'throughline_app', super: 'false', bypass: 'false', owns: '0' })
  })

  it('answers nothing at all when nobody has said who is asking', async () => {
    const tables =
      await ask(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and ${ours} and not (${beforeTrust}) and has_table_privilege(c.oid, 'select')`)
    expect(tables.length).toBeGreaterThan(20)
    for (const { name } of tables)
      expect(await ask(`select 1 as seen from ${name} limit 1`), name).toEqual([])
  })
})

describe('the house', () => {
  it('names migrations date, number, module and what', () => {
    for (const name of readdirSync(migrationsFolder))
      expect(name).toMatch(/^\d{4}-\d{2}-\d{2}-\d{2}-[a-z-]+\.sql$/)
  })

  it('has no file called service, utils, helpers or manager: name it after what it does', () => {
    const vague = (path: string) =>
      /(service|util|helper|manager)s?\.(ts|tsx)$/i.test(basename(path)) &&
      !basename(path).includes('data-manager')
    expect(sources.filter(vague)).toEqual([])
  })

  it('has a README in every module and part, saying its promise', () => {
    for (const folder of [
      ...readdirSync(join(root, 'src/modules')).map((name) => `modules/${name}`),
      'ui',
      'platform',
      'kernel',
    ])
      if (statSync(join(root, 'src', folder)).isDirectory())
        expect(
          readFileSync(join(root, 'src', folder, 'README.md'), 'utf8').length,
          `src/${folder}/README.md`,
        ).toBeGreaterThan(200)
  })

  it('uses DuckDB only in the lake, in evidence’s reading of files and in measures', () => {
    const users = sources.filter((path) =>
      readFileSync(join(root, path), 'utf8').includes("'@duckdb/node-api'"),
    )
    expect(
      users.filter((path) => !/^src\/(platform\/lake|modules\/(measures|evidence))\//.test(path)),
    ).toEqual([])
  })

  it('writes no style or script into a page: the content security policy would refuse it', () => {
    const pages = sources.filter((path) => path.endsWith('.tsx') && !path.includes('.test.'))
    expect(
      pages.filter((path) =>
        /\sstyle=[{"]|\son[a-z]+=\{|dangerouslySetInnerHTML=\{\{ __html: [^r]*<script/.test(
          readFileSync(join(root, path), 'utf8'),
        ),
      ),
    ).toEqual([])
  })

  it('asks for no time of day inside a rule', () => {
    const rules = sources.filter((path) => path.includes('/domain/') && !path.includes('.test.'))
    expect(
      rules.filter((path) =>
        /new Date\(\)|Date\.now\(\)|Math\.random\(\)/.test(readFileSync(join(root, path), 'utf8')),
      ),
    ).toEqual([])
  })
})
