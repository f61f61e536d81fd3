import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { correctResult } from '../../modules/evidence/index.ts'
import {
  askForMissingScans,
  correctIdentity,
  recordFiles,
  wholeRecord,
} from '../../modules/measures/index.ts'
import { pupilById, pupilIdByUpn } from '../../modules/organisation/index.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { atWork, fromHere, type Options, withOptions } from './at-work.ts'

/** @throws Refusal when nobody has that UPN. */
export async function pupilOf(viewer: Viewer, upn: string): Promise<number> {
  const found = await pupilIdByUpn(viewer, upn.trim().toUpperCase())
  if (found === undefined) throw new Refusal(`No pupil of the trust has the UPN ${upn}.`)
  return found
}

/** What changes in the record after the fact, and what is taken out of it for its subject. */
export function addRecordCommands(program: Command): void {
  withOptions(
    program
      .command('correct')
      .argument('<upn>', 'whose result it is')
      .description('change a result of a locked drop: a new snapshot holds it, the old ones stay'),
    'correct A123456789012 --drop 2026-spring --assessment reading-scaled --result 104 --why "Re-marked: page 4 was missed."',
  )
    .requiredOption('--drop <code>')
    .requiredOption('--assessment <code>')
    .requiredOption('--result <result>', 'as the school writes it')
    .requiredOption('--why <sentence>', 'kept with the new snapshot')
    .action(
      (upn: string, options: Options & { drop: string; assessment: string; result: string; why: string }) =>
        atWork(options, async (viewer, voice) => {
          const { drop, assessment, result, why } = options
          const made = await correctResult(viewer, { drop, upn, assessment, result, why })
          await askForMissingScans(viewer)
          voice.answer(
            made,
            `Snapshot ${made.snapshot} says ${made.now} in place of ${made.before}. Earlier snapshots are as they were.`,
          )
        }),
    )

  const pupil = program.command('pupil').description('the record of one pupil')
  withOptions(
    pupil
      .command('record')
      .argument('<upn>')
      .argument('<file>', 'the zip to write')
      .description(
        'all that is held of a pupil, for a subject access request; says which names were left out',
      ),
    'pupil record A123456789012 record.zip',
  )
    .option('--also <word...>', 'ordinary words that are names here, to be left out as well')
    .action((upn: string, file: string, options: Options & { also?: readonly string[] }) =>
      atWork(options, async (viewer, voice) => {
        const pupil = await pupilOf(viewer, upn)
        const { cleared } = await wholeRecord(viewer, pupil, options.also)
        const zip = await recordFiles(viewer, pupil, options.also)
        writeFileSync(fromHere(file), zip, { mode: 0o600, flag: 'wx' })
        voice.answer({ file, bytes: zip.length, cleared }, () =>
          [
            `The whole record is in ${file}. Read it before you send it.`,
            ...cleared.flatMap(({ where, out, look }) => [
              ...(out.length ? [`Left out in ${where}: ${out.join(', ')}.`] : []),
              ...(look.length
                ? [`Look at ${where}: ${look.join(', ')} could be a name; leave it out with --also.`]
                : []),
            ]),
          ].join('\n'),
        )
      }),
    )
  withOptions(
    pupil
      .command('identity')
      .argument('<upn>')
      .description('put a wrong UPN or a changed name right; no figure moves')
      .requiredOption('--why <sentence>')
      .option('--upn <upn>', 'the right UPN')
      .option('--forename <name>')
      .option('--surname <name>'),
    'pupil identity A123456789012 --surname Cole --why "Changed by deed poll."',
  ).action(
    (old: string, options: Options & { why: string; upn?: string; forename?: string; surname?: string }) =>
      atWork(options, async (viewer, voice) => {
        const id = await pupilOf(viewer, old)
        const known = await pupilById(viewer, id)
        await correctIdentity(viewer, id, {
          forename: options.forename ?? known.forename,
          surname: options.surname ?? known.surname,
          upn: options.upn ?? old,
          why: options.why,
        })
        voice.answer({ pupil: id }, 'It is put right. No figure has moved.')
      }),
  )
}
