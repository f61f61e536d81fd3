import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
}
const squeezable = ['.css', '.js', '.svg', '.webmanifest', '.txt']

interface Asset {
  readonly body: Uint8Array<ArrayBuffer>
  readonly gzip?: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly tag: string
  readonly lasting: boolean
}

export interface Assets {
  /** Where the built file of a source is to be had: `client/main.scss` → `/assets/main-a1b2c3d4.css` */
  readonly url: (source: string) => string
  readonly routes: Hono
}

interface Built {
  readonly file: string
}

/** Vite puts a hash of its contents into the name: `main-Bx12_a9Z.css` never changes. */
const hashed = /-[\w-]{8,}\.\w+$/

/** The browser's files, built by Vite, read once into memory. Those named by their hash are kept by browsers for good. */
export function openAssets(folder: string): Assets {
  const assets = new Map<string, Asset>()
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : []
  for (const entry of names) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    const type = types[extname(name)]
    if (!entry.isFile() || name.startsWith('.') || !type) continue
    const body = new Uint8Array(readFileSync(path))
    assets.set(`/${name}`, {
      body,
      type,
      tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      lasting: hashed.test(name),
      ...(squeezable.includes(extname(name)) && body.length > 1000
        ? { gzip: new Uint8Array(gzipSync(body, { level: 9 })) }
        : {}),
    })
  }
  const manifest = join(folder, '.vite', 'manifest.json')
  const built: Record<string, Built> = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}

  const answer = (c: Context, asset: Asset) => {
    c.header('Cache-Control', asset.lasting ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    c.header('ETag', asset.tag)
    c.header('Vary', 'Accept-Encoding')
    if (c.req.header('if-none-match') === asset.tag) return c.body(null, 304)
    c.header('Content-Type', asset.type)
    if (!asset.gzip || !/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(asset.body)
    c.header('Content-Encoding', 'gzip')
    return c.body(asset.gzip)
  }
  const routes = new Hono()
  for (const [path, asset] of assets) routes.get(path, (c) => answer(c, asset))
  return { routes, url: (source) => `/${built[source]?.file ?? source}` }
}
