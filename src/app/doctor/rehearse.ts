import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../../kernel/refusal.ts'
import { checkBackup, type Manifest, restore } from '../../platform/backup.ts'
import { systemClock } from '../../platform/clock.ts'
import { loadConfig } from '../../platform/config.ts'
import { silentLog } from '../../platform/log.ts'
import { openHouse } from '../../platform/open-house.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'

/**
 * Restores a backup into a folder that goes away again, opens it with this version, and looks at the record, the audit
 * trail and every byte of the sealed files. @throws Refusal with what is wrong: then the backup must not be relied on.
 */
export async function rehearse(
  file: string,
  say: (words: string) => void,
): Promise<{ manifest: Manifest; findings: readonly Finding[] }> {
  say('Comparing every file with the list of what was backed up …')
  const manifest = await checkBackup(file)
  const folder = await mkdtemp(join(tmpdir(), 'throughline-rehearsal-'))
  try {
    const data = join(folder, 'data')
    say('Restoring it into a folder of its own …')
    await restore(file, { data })
    const house = await openHouse(loadConfig({ THROUGHLINE_DATA: data }), {
      clock: systemClock,
      log: silentLog,
    })
    try {
      say('Looking at what came out …')
      const all = await examine(house, { thorough: true })
      const findings = all.filter(({ name }) => /^(Record|Lake of|Audit trail of)/.test(name))
      const trouble = findings.find((finding) => !finding.well)
      if (trouble)
        throw new Refusal(
          `It can be restored, but what comes out is not whole. ${trouble.name}: ${trouble.words}`,
        )
      return { manifest, findings }
    } finally {
      await house.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const rehearsed = (file: string, findings: readonly Finding[]): string =>
  [
    `${file} is whole, and restores: it was put into a folder of its own, opened, looked at, and taken away again.`,
    ...findings.map(({ name, words }) => `  ${name}: ${words}`),
  ].join('\n')
