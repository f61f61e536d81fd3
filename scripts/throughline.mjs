#!/usr/bin/env node
// The package's bin: the same as `npm run -s throughline --`, from any folder.
process.argv.splice(2, 0, 'throughline')
await import('./run.mjs')
