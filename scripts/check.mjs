// The inner loop: format and lint, types, import rules, unused code, and the tests of pure rules. Under a minute.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './build.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)

export const steps = [
  ['format and lint', 'biome', ['check', '--max-diagnostics=40', '--diagnostic-level=warn']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the browser’s files', 'tsc', ['-p', 'client']],
  ['import rules', 'depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'src']],
  ['unused code', 'knip', ['--no-progress']],
]

const runStep = ([name, program, args]) =>
  new Promise((resolve) => {
    const started = Date.now()
    let output = ''
    const child = spawn(bin(program), args, { cwd: root, env: { ...process.env, FORCE_COLOR: '0' } })
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (output += data))
    child.on('exit', (code) => {
      process.stdout.write(
        `${code === 0 ? 'passed' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
      )
      if (code !== 0) process.stdout.write(`${output}\n`)
      resolve(code === 0)
    })
  })

/** Every step that is not a test; the answer counts those that passed and failed. */
export async function houseRules() {
  let passed = 0
  for (const step of steps) if (await runStep(step)) passed++
  return { passed, failed: steps.length - passed }
}

export async function check() {
  const { failed } = await houseRules()
  const tests = await new Promise((resolve) =>
    spawn(bin('vitest'), ['run', '--project', 'rules'], { cwd: root, stdio: 'inherit' }).on('exit', resolve),
  )
  return failed === 0 && tests === 0 ? 0 : 1
}
