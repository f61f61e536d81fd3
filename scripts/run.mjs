// What every npm command runs first. It works on any Node that an npm brings: it installs the packages when they are
// missing or out of date, finds the project's own Node 24 among them, and hands the work to it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.installed-from')
const say = (words) => process.stderr.write(`${words}\n`)

function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Installing the packages (once, about a minute) …')
  const env = { ...process.env }
  for (const name of ['NODE_ENV', 'npm_config_omit', 'npm_config_production']) delete env[name]
  const npm = process.env.npm_execpath
  // Not `npm ci`: it refuses a lock that lacks the binaries of other platforms, where a registry does not carry them.
  const args = [
    'install',
    '--no-save',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, env, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, env, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (status !== 0) {
    say('The packages could not be installed; npm’s reason stands above.')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

function ownNode() {
  const folder = join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
  )
  const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(program)) return program
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  say(
    `Throughline needs Node 24, and brings none for ${process.platform} on ${process.arch}. Install Node 24 and try again.`,
  )
  return process.exit(1)
}

install()
const node = ownNode()
const env = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
}
const { status, signal } = spawnSync(node, [join(root, 'scripts', 'tasks.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env,
})
process.exit(signal ? 1 : (status ?? 1))
