import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** The folder of the large made-up trust: 50 schools, 40,000 pupils, 18 drops. Made once, a few minutes. */
export function scaleFolder(): string {
  const data = process.env.THROUGHLINE_SCALE ?? join(root, 'out', 'scale')
  if (!existsSync(join(data, 'this-is-the-demo'))) {
    console.error(`Making the large trust in ${data} …`)
    const { status } = spawnSync(
      process.execPath,
      [join(root, 'dist/app/cli.js'), 'demo', '--scale', '--build-only', '--data', data],
      {
        stdio: ['ignore', 2, 2],
      },
    )
    if (status !== 0) throw new Error('The large trust could not be made.')
  }
  return data
}

/** The value below which a share of the sorted list lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
