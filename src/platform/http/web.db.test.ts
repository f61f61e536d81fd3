import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { html } from 'hono/html'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../test/database.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import type { Log } from '../log.ts'
import type { OpenHouse } from '../open-house.ts'
import { timed } from '../timing.ts'
import { openAssets } from './assets.ts'
import { CannotListen, type Listening, listen } from './listen.ts'
import { Forbidden } from './problem.ts'
import { receiveUpload } from './upload.ts'
import { openWeb } from './web.ts'

const megabyte = 1024 * 1024

describe('every page', () => {
  let house: OpenHouse
  let listening: Listening
  let client: string
  const lines: { event: string; facts: Record<string, unknown> }[] = []
  const log: Log = {
    info: (event, facts = {}) => lines.push({ event, facts }),
    error: (event, error, facts = {}) => lines.push({ event, facts: { ...facts, error: String(error) } }),
  }

  beforeAll(async () => {
    client = mkdtempSync(join(tmpdir(), 'throughline-client-'))
    mkdirSync(join(client, 'assets'))
    mkdirSync(join(client, '.vite'))
    writeFileSync(join(client, 'assets', 'main-Bx12_a9Z.css'), `${'body { margin: 0 }\n'.repeat(100)}`)
    writeFileSync(join(client, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    writeFileSync(
      join(client, '.vite', 'manifest.json'),
      '{"client/main.scss":{"file":"assets/main-Bx12_a9Z.css"}}',
    )
    house = { ...(await openTestHouse({ uploadLimit: 2 * megabyte })), log }
    const web = openWeb(house, {
      renderError: ({ title, sentence, reference }) =>
        `<!doctype html><h1>${title}</h1><p>${sentence}</p><code>${reference ?? ''}</code>`,
      assets: openAssets(client),
      limits: { changes: { burst: 30, perSecond: 0.01 } },
    })
      .get('/pupils/:id', async (c) => {
        await timed('database', () => house.database.executeSql('select pg_sleep(0.05)'))
        return c.html(html`<!doctype html><p>Pupil ${c.req.param('id')}</p>`)
      })
      .get('/long', (c) => c.html(`<!doctype html>${'<p>Year 6</p>'.repeat(1000)}`))
      .get('/refused', () => {
        throw new Refusal('Two schools have not signed off.')
      })
      .get('/unseen', () => {
        throw new NotHere()
      })
      .get('/forbidden', () => {
        throw new Forbidden('Only the headteacher signs off.')
      })
      .get('/broken', () => {
        throw new Error('select secret from pupil')
      })
      .get('/full', () => {
        throw Object.assign(new Error('write failed'), { code: 'ENOSPC' })
      })
      .post('/form', async (c) => c.text(String((await c.req.parseBody()).name)))
      .post('/upload', async (c) => c.json(await receiveUpload(c, house.files)))
    listening = await listen(web, { host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => {
    await listening.close(1)
    await house.close()
    rmSync(client, { recursive: true, force: true })
  })

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${listening.url}${path}`, { headers })
  const post = (path: string, body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
    fetch(`${listening.url}${path}`, { method: 'POST', body, headers: { origin: listening.url, ...headers } })
  const keptFiles = () =>
    readdirSync(house.files.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )

  it('carries a strict policy with nothing inline, and is stored nowhere', async () => {
    for (const path of ['/pupils/4', '/refused', '/nowhere']) {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy')!
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
      ])
        expect(policy).toContain(rule)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('camera=()')
    }
  })

  it('says how long it took and where the time went', async () => {
    const header = (await get('/pupils/4')).headers.get('server-timing')!
    const database = Number(/database;dur=([\d.]+)/.exec(header)![1])
    expect(database).toBeGreaterThan(45)
    expect(Number(/total;dur=([\d.]+)/.exec(header)![1])).toBeGreaterThanOrEqual(database)
  })

  it('is logged by its route and a reference, never by what was asked for', async () => {
    lines.length = 0
    const answer = await get('/pupils/90210?q=Marlowe', { cookie: 'session=topsecret' })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      event: 'request',
      facts: {
        method: 'GET',
        route: '/pupils/:id',
        status: 200,
        request: answer.headers.get('x-request-id'),
      },
    })
    expect(JSON.stringify(lines)).not.toMatch(/90210|Marlowe|topsecret|127\.0\.0\.1/)
  })

  it.each([
    ['/refused', 422, 'Two schools have not signed off.'],
    ['/unseen', 404, 'There is nothing here that you can see.'],
    ['/nowhere', 404, 'The address may be mistyped'],
    ['/forbidden', 403, 'Only the headteacher signs off.'],
    ['/full', 507, 'The disk is full: nothing was changed. Free some space and try again.'],
  ])('that can’t be shown says why: %s', async (path, status, sentence) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(sentence)
  })

  it('that breaks by our fault gives a reference, which the log has with the reason, and tells nothing else', async () => {
    lines.length = 0
    const answer = await get('/broken')
    expect(answer.status).toBe(500)
    const page = await answer.text()
    const reference = /<code>(\w{12})<\/code>/.exec(page)![1]
    expect(page).not.toContain('secret')
    expect(lines.find(({ event }) => event === 'request failed')).toMatchObject({
      facts: { request: reference, error: 'Error: select secret from pupil' },
    })
  })

  it('is changed only by forms of our own pages', async () => {
    const form = new URLSearchParams({ name: 'Saltmarsh' })
    const send = (headers: Record<string, string>) =>
      fetch(`${listening.url}/form`, { method: 'POST', body: form, headers })
    expect(await (await send({ origin: listening.url })).text()).toBe('Saltmarsh')
    expect((await send({ origin: house.config.origin })).status).toBe(200)
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      {},
      { origin: `${listening.url}.evil.example` },
    ]) {
      const answer = await send(headers as Record<string, string>)
      expect(answer.status).toBe(403)
      expect(await answer.text()).toContain('nothing was changed')
    }
  })

  it('believes the browser when it says that a form came from another site', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(
        `${listening.url}/form`,
        { method: 'POST', headers: { origin: listening.url, 'sec-fetch-site': 'cross-site' } },
        (answer) => resolve(answer.statusCode!),
      )
      sent.on('error', reject)
      sent.end('name=x')
    })
    expect(status).toBe(403)
  })

  it('answers programs in their own form: JSON under /api, SCIM’s error under /scim', async () => {
    const api = await fetch(`${listening.url}/api/v1/nothing`)
    expect(api.status).toBe(404)
    expect(await api.json()).toMatchObject({ error: expect.stringMatching(/\.$/) })
    const big = await post('/scim/v2/Users', `{"x":"${'x'.repeat(2 * megabyte)}"}`, {
      'content-type': 'application/scim+json',
    })
    expect(big.status).toBe(413)
    expect(big.headers.get('content-type')).toContain('application/scim+json')
    expect(await big.json()).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '413',
      detail: expect.stringContaining('1 MB'),
    })
  })

  it('takes no form larger than 1 MB, said or unsaid', async () => {
    const said = await post('/form', `name=${'x'.repeat(2 * megabyte)}`, {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(said.status).toBe(413)
    const large = new FormData()
    large.set('name', 'x'.repeat(2 * megabyte))
    const unsaid = await post('/form', large)
    expect(unsaid.status).toBe(413)
    expect(await unsaid.text()).toContain('larger than 1 MB')
  })

  it('takes a file straight into the store, with the other answers of its form', async () => {
    const form = new FormData()
    form.set('school', 'saltmarsh')
    form.set('file', new File(['UPN,Mark\n'], 'C:\\marks\\spring – Year 4.csv'))
    form.set('other', new File([], ''))
    const answer = await post('/upload', form)
    const got = (await answer.json()) as {
      fields: unknown
      files: { field: string; name: string; sha256: string; bytes: number }[]
    }
    expect(got.fields).toEqual({ school: 'saltmarsh' })
    expect(got.files).toMatchObject([{ field: 'file', name: 'spring – Year 4.csv', bytes: 9 }])
    expect(readFileSync(house.files.path(got.files[0]!.sha256), 'utf8')).toBe('UPN,Mark\n')
  })

  it('refuses a file over the limit and keeps nothing of it', async () => {
    const before = keptFiles().length
    const form = new FormData()
    form.set('file', new File([new Uint8Array(5 * megabyte)], 'huge.csv'))
    const answer = await post('/upload', form)
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('That file is larger than 2 MB')
    expect(keptFiles()).toHaveLength(before)
  })

  it('keeps nothing of an upload that breaks off', async () => {
    const before = keptFiles().length
    await new Promise<void>((resolve) => {
      const sent = request(`${listening.url}/upload`, {
        method: 'POST',
        headers: {
          origin: listening.url,
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': 100_000,
        },
      })
      sent.on('error', () => resolve())
      sent.write('--b\r\nContent-Disposition: form-data; name="file"; filename="half.csv"\r\n\r\nUPN,Mark\n')
      setTimeout(() => sent.destroy(new Error('gone')), 100)
    })
    for (let wait = 0; wait < 50 && keptFiles().length !== before; wait++)
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(keptFiles()).toHaveLength(before)
    const cut = await post(
      '/upload',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="half.csv"\r\n\r\nUPN,Ma',
      { 'content-type': 'multipart/form-data; boundary=b' },
    )
    expect(cut.status).toBe(422)
    expect(await cut.text()).toContain('broke off')
    expect(keptFiles()).toHaveLength(before)
  })

  it('asks for a file when none was sent', async () => {
    const answer = await post('/upload', 'x', { 'content-type': 'text/plain' })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Choose a file')])
  })

  it('lets browsers keep the files that never change, squeezed', async () => {
    const styles = await get('/assets/main-Bx12_a9Z.css')
    expect(styles.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(styles.headers.get('content-encoding')).toBe('gzip')
    expect(await styles.text()).toContain('body { margin: 0 }')
    expect(openAssets(client).url('client/main.scss')).toBe('/assets/main-Bx12_a9Z.css')
    const icon = await get('/favicon.svg')
    expect(icon.headers.get('cache-control')).toBe('public, max-age=3600')
    expect((await get('/favicon.svg', { 'if-none-match': icon.headers.get('etag')! })).status).toBe(304)
    expect((await get('/.vite/manifest.json')).status).toBe(404)
    const page = await get('/long')
    expect(page.headers.get('content-encoding')).toBe('gzip')
    expect((await page.text()).length).toBeGreaterThan(13_000)
  })

  it('tells whoever watches whether each part is well, and what it counted', async () => {
    const answer = await get('/health')
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'ok', database: 'ok', lake: 'ok', jobs: 'ok', disk: 'ok' },
    ])
    const text = await (await get('/metrics')).text()
    expect(text).toMatch(/throughline_requests_total\{method="GET",route="\/pupils\/:id",status="200"\} \d+/)
    expect(text).toMatch(/throughline_request_seconds_bucket\{route="\/pupils\/:id",le="\+Inf"\} \d+/)
    expect(
      Number(/throughline_spent_seconds_total\{part="database"\} ([\d.]+)/.exec(text)![1]),
    ).toBeGreaterThan(0.045)
    expect(text).not.toContain('NaN')
  })

  it('says on a full disk that it is unwell', async () => {
    const { health } = await import('./health.ts')
    const full = { ...house, config: { ...house.config, keepFree: Number.MAX_SAFE_INTEGER } }
    expect(await health(full)).toMatchObject({ database: 'ok', disk: 'is full' })
  })

  it('slows down whoever changes too much at once, and says how long to wait', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => post('/form', new URLSearchParams({ name: 'x' }))),
    )
    const refused = answers.find(({ status }) => status === 429)!
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.text()).toContain('too many requests')
    expect((await get('/pupils/4')).status).toBe(200)
  })

  it('says plainly when its port is taken', async () => {
    const { Hono } = await import('hono')
    await expect(listen(new Hono(), { host: '127.0.0.1', port: listening.port })).rejects.toThrow(
      CannotListen,
    )
    await expect(listen(new Hono(), { host: '127.0.0.1', port: listening.port })).rejects.toThrow(
      'is in use by another program',
    )
  })
})
