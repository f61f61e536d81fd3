// The work behind `npm run …`, on the project's own Node.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, root, run } from './build.mjs'
import { check } from './check.mjs'
import { testAll } from './test.mjs'

const [task, ...args] = process.argv.slice(2)

/** Runs one of our own programs in the foreground; signals reach it, its exit code is ours. */
function become(program, parameters) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'dist', program), ...parameters],
    {
      stdio: 'inherit',
      // Fewer pools of memory for DuckDB's threads: what one has freed the other can use.
      env: {
        MALLOC_ARENA_MAX: '2',
        ...process.env,
        THROUGHLINE_CALLED_FROM: process.env.INIT_CWD ?? process.cwd(),
      },
    },
  )
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}

try {
  if (task === 'build') build({ always: true })
  else if (task === 'throughline') {
    build()
    become('app/cli.js', args)
  } else if (task === 'check') process.exitCode = await check()
  else if (task === 'test') process.exitCode = await testAll()
  else if (task === 'fuzz') {
    const file = 'src/modules/evidence/imports/formats/contract.test.ts'
    const env = { ...process.env, THROUGHLINE_FUZZ: args[0] ?? '100000' }
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    process.exitCode =
      spawnSync(process.execPath, [vitest, 'run', '--project', 'rules', file], {
        stdio: 'inherit',
        cwd: root,
        env,
      }).status ?? 1
  } else if (task === 'pictures') {
    build()
    become('../e2e/pictures/take.ts', args)
  } else if (task === 'bench') {
    build()
    const name = args[0] ?? 'all'
    const file = join(root, 'bench', `${name}.ts`)
    if (!existsSync(file)) throw new Error(`There is no benchmark called ${name}.`)
    process.exitCode =
      spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args.slice(1)], {
        stdio: 'inherit',
      }).status ?? 1
  } else throw new Error(`There is no task called ${task}.`)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

export { run }
