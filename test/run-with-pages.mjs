// Runs a program of the tests that needs pages (.tsx), which Node does not read by itself: run-with-pages.mjs PROGRAM ARGUMENTS
import { runnerImport } from 'vite'

const [program] = process.argv.splice(2, 1)
await runnerImport(program, {
  configFile: false,
  logLevel: 'error',
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
})
