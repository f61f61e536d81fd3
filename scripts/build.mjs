// Builds dist/ when a source is newer than the last build: the server with tsc, the browser's files with Vite.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export const root = join(import.meta.dirname, '..')
const bin = (name) => join(root, 'node_modules', '.bin', name)
const sources = [
  'src',
  'client',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
]

const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(statSync(path).mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
    : statSync(path).mtimeMs

/** Runs a program with its output on standard error, so that standard output stays the command's own. */
export function run(program, args, options = {}) {
  const { status } = spawnSync(bin(program), args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed`)
}

export function build({ always = false } = {}) {
  const stamp = join(root, 'dist', '.built')
  if (
    !always &&
    existsSync(stamp) &&
    statSync(stamp).mtimeMs > Math.max(...sources.map((name) => newest(join(root, name))))
  )
    return
  process.stderr.write('Building …\n')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  run('tsc', ['-p', 'tsconfig.build.json'])
  // Texts that the server reads at run time stand beside the code that reads them.
  cpSync(join(root, 'src'), join(root, 'dist'), {
    recursive: true,
    filter: (path) =>
      statSync(path).isDirectory() ||
      ['.sql', '.typ', '.json', '.css', '.svg', '.md'].includes(extname(path)),
  })
  run('vite', ['build', '--logLevel', 'warn'])
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, '')
}
