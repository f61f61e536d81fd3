import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, unwell, well } from './finding.ts'

const least = 24

/** This Throughline’s own version, from its package. */
export const ownVersion = (): string =>
  (
    JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8')) as {
      version: string
    }
  ).version

export function versionFinding(node = process.versions.node): Finding {
  const words = `Throughline ${ownVersion()} on Node ${node}.`
  return Number(node.split('.')[0]) >= least
    ? well('Version', words)
    : unwell('Version', `${words} It needs Node ${least} or later: start it with npm, which brings its own.`)
}
