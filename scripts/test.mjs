// Everything CI runs, on a machine that may have nothing yet but git and an npm.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, root } from './build.mjs'
import { houseRules } from './check.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)
const say = (words) => process.stdout.write(`${words}\n`)
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const servers = '/usr/lib/postgresql'
const hasApt = () => existsSync('/usr/bin/apt-get') && process.getuid?.() === 0

function installPrograms() {
  const wanted = []
  if (!process.env.THROUGHLINE_CHROMIUM && !browsers.some(existsSync)) wanted.push('chromium')
  if (!existsSync(servers) || !readdirSync(servers).length) wanted.push('postgresql')
  if (!existsSync('/usr/bin/pdftotext')) wanted.push('poppler-utils')
  if (!wanted.length) return
  if (hasApt()) {
    say(`Installing ${wanted.join(', ')} from Debian …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env })
    const { status } = spawnSync('apt-get', ['install', '-y', '-q', ...wanted], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    })
    if (status !== 0) throw new Error(`apt-get could not install ${wanted.join(', ')}.`)
  } else if (wanted.includes('chromium')) {
    say('Installing Chromium with Playwright’s installer …')
    const { status } = spawnSync(bin('playwright-core'), ['install', 'chromium'], { stdio: 'inherit' })
    if (status !== 0)
      throw new Error('Chromium could not be installed: install it and set THROUGHLINE_CHROMIUM to its path.')
  }
}

/** Runs one project of the suite and counts its tests from Vitest's own report. */
const suite = (name, project, env = {}) =>
  new Promise((resolve) => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-report-'))
    const report = join(folder, 'report.json')
    say(`\n${name}`)
    const args = [
      'run',
      '--project',
      project,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]
    const child = spawn(bin('vitest'), args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.on('exit', (code) => {
      if (!existsSync(report)) return resolve({ passed: 0, failed: 1, skipped: 0 })
      const {
        numPassedTests: passed,
        numFailedTests,
        numPendingTests: skipped,
      } = JSON.parse(readFileSync(report, 'utf8'))
      rmSync(folder, { recursive: true, force: true })
      resolve({ passed, failed: numFailedTests || (code === 0 ? 0 : 1), skipped })
    })
  })

export async function testAll() {
  installPrograms()
  build({ always: true })
  const results = [{ ...(await houseRules()), skipped: 0 }]
  results.push(await suite('Rules', 'rules'))
  results.push(await suite('Queries and commands on the embedded database', 'database'))
  if (existsSync(servers))
    results.push(
      await suite('The same on a PostgreSQL server', 'database', { THROUGHLINE_TEST_DATABASE: 'server' }),
    )
  else say('\nNo PostgreSQL server on this machine: the database tests ran on the embedded one only.')
  results.push(await suite('Stories in a browser', 'browser'))
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
  if (total('skipped')) say(`\n${total('skipped')} tests were skipped; each says why where it stands.`)
  say(`\n${total('passed')} passed, ${total('failed')} failed`)
  return total('failed') === 0 ? 0 : 1
}
