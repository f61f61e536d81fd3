import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { assets } from './assets.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-client-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the built styles and script', () => {
  test('without a build, the server says what to run', () => {
    expect(() => assets(folder)).toThrow(/have not been built.*npm run build/)
  })

  test('their names carry the hashes that the manifest says, and the upright Latin font is fetched early', () => {
    mkdirSync(join(folder, '.vite'))
    const italic = 'assets/next-latin-wght-italic-x1.woff2'
    const upright = 'assets/next-latin-wght-normal-x2.woff2'
    writeFileSync(
      join(folder, '.vite', 'manifest.json'),
      JSON.stringify({
        'client/main.ts': {
          file: 'assets/main-a1.js',
          isEntry: true,
          css: ['assets/main-b2.css'],
          assets: [italic, upright],
        },
      }),
    )
    expect(assets(folder)).toEqual({
      styles: ['/assets/main-b2.css'],
      fonts: [`/${upright}`],
      script: '/assets/main-a1.js',
    })
  })
})
