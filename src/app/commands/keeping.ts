import type { Command } from 'commander'
import { count } from '../../kernel/numbers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { verifyAudit } from '../../modules/access/index.ts'
import { finishLettingGo } from '../../modules/keeping/index.ts'
import { backup, restore } from '../../platform/backup.ts'
import { systemClock } from '../../platform/clock.ts'
import { silentLog } from '../../platform/log.ts'
import { openHouse } from '../../platform/open-house.ts'
import { examine } from '../doctor/examine.ts'
import { rehearse, rehearsed } from '../doctor/rehearse.ts'
import { atWork, configFor, fromHere, type Options, voiceFor, withOptions } from './at-work.ts'

/** A command for the whole house, whatever trusts are in it. */
async function withHouse(
  options: Options,
  work: (house: Awaited<ReturnType<typeof openHouse>>) => Promise<void>,
) {
  const house = await openHouse(configFor(options), { clock: systemClock, log: silentLog })
  try {
    await work(house)
  } finally {
    await house.close()
  }
}

export function addKeepingCommands(program: Command): void {
  withOptions(
    program
      .command('backup')
      .argument('<file>')
      .description('everything as one file: record, lake, raw files'),
    'backup throughline-2026-03-20.tar.gz',
  ).action((file: string, options: Options) =>
    withHouse(options, async (house) => {
      const made = await backup(house, fromHere(file))
      voiceFor(options).answer(made, `Everything is in ${file}. Keep it somewhere else than this machine.`)
    }),
  )

  withOptions(
    program.command('restore').argument('<file>').description('put a backup back into an empty data folder'),
    'restore throughline-2026-03-20.tar.gz --data restored',
  )
    .option(
      '--check',
      'rehearse: restore into a folder of its own, look at everything, and take it away again',
    )
    .option('--erased <file>', 'the newest erased.jsonl: pupils erased after this backup are erased again')
    .action(async (file: string, options: Options & { check?: boolean; erased?: string }) => {
      const voice = voiceFor(options)
      const path = fromHere(file)
      if (options.check) {
        const { manifest, findings } = await rehearse(path, voice.progress)
        return voice.answer({ ...manifest, findings }, rehearsed(file, findings))
      }
      const restored = await restore(path, {
        data: fromHere(options.data),
        databaseUrl: process.env.DATABASE_URL,
        erased: options.erased && fromHere(options.erased),
      })
      await withHouse(options, async (house) => {
        const again = await finishLettingGo(house)
        voice.answer(
          { ...restored, erasedAgain: again },
          `${file} is restored in ${fromHere(options.data)}. ${
            again > 0
              ? `${count(again, 'pupil')} erased since it was made ${again === 1 ? 'is' : 'are'} erased again.`
              : 'No pupil of the list erased.jsonl had to be erased again. If it was not in the folder, and you have a newer one, restore again with --erased.'
          }`,
        )
      })
    })

  const audit = program.command('audit').description('the trail of who saw and did what')
  withOptions(
    audit.command('verify').description('is the chain of the audit trail unbroken?'),
    'audit verify',
  ).action((options: Options) =>
    atWork(options, async (viewer, voice) => {
      const verified = await verifyAudit(viewer)
      if (!verified.ok) throw new Refusal(verified.because)
      voice.answer(verified, `${verified.rows} entries, unbroken from the first to the last.`)
    }),
  )

  withOptions(
    program.command('doctor').description('look for trouble and say what to do'),
    'doctor --thorough',
  )
    .option('--thorough', 'read every sealed file and compare its contents')
    .action((options: Options & { thorough?: boolean }) =>
      withHouse(options, async (house) => {
        const findings = await examine(house, { thorough: options.thorough ?? false })
        voiceFor(options).answer(
          findings,
          findings.map((one) => `${one.well ? 'well   ' : 'TROUBLE'} ${one.name}: ${one.words}`).join('\n'),
        )
        if (findings.some((one) => !one.well)) process.exitCode = 1
      }),
    )
}
