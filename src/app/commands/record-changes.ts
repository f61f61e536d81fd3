import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { dayName } from '../../kernel/days.ts'
import { count } from '../../kernel/numbers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  correctResult,
  correctResults,
  moveSchool,
  resultsInFile,
  tryCorrections,
} from '../../modules/evidence/index.ts'
import {
  askForMissingScans,
  correctIdentity,
  recordFiles,
  wholeRecord,
} from '../../modules/measures/index.ts'
import { pupilById, pupilIdByUpn } from '../../modules/organisation/index.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { atWork, fromHere, type Options, withOptions } from './at-work.ts'
import { schoolOf } from './drops.ts'

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
            `Snapshot ${made.snapshot} says ${made.now} in place of ${made.before ?? 'nothing'}. Earlier snapshots are as they were.`,
          )
        }),
    )

  withOptions(
    program
      .command('correct-file')
      .argument('<file>', 'CSV with the headings UPN, Assessment and Result')
      .description('change many results of a locked drop, or add what was never sent, in one new snapshot'),
    'correct-file remarks.csv --drop 2026-spring --why "Re-marked after moderation."',
  )
    .requiredOption('--drop <code>')
    .requiredOption('--why <sentence>', 'kept with the new snapshot')
    .option('--dry-run', 'say what would change, and change nothing')
    .action((file: string, options: Options & { drop: string; why: string; dryRun?: boolean }) =>
      atWork(options, async (viewer, voice) => {
        const asked = { drop: options.drop, why: options.why, results: await resultsInFile(fromHere(file)) }
        const made = options.dryRun
          ? { ...(await tryCorrections(viewer, asked)), snapshot: null }
          : await correctResults(viewer, asked)
        const { corrections, same, leftOut, snapshot } = made
        const added = corrections.filter(({ before }) => before === null).length
        voice.answer(
          { snapshot, changed: corrections.length - added, added, same, leftOut },
          [
            `${count(corrections.length - added, 'result')} changed, ${added} never sent before, ${same} that say so already.`,
            ...leftOut.map(({ row, value, why }) => `  row ${row}: “${value}”. ${why}`),
            snapshot === null
              ? 'This was a dry run: nothing has changed.'
              : `Snapshot ${snapshot} holds them. Earlier snapshots are as they were.`,
          ].join('\n'),
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
      .command('move')
      .argument('<upn>')
      .description('a pupil changes school within the trust')
      .requiredOption('--to <urn>', 'the school they go to')
      .requiredOption('--date <day>', 'their first day there, yyyy-mm-dd'),
    'pupil move A123456789012 --to 199002 --date 2026-03-16',
  ).action((upn: string, options: Options & { to: string; date: string }) =>
    atWork(options, async (viewer, voice) => {
      const id = await pupilOf(viewer, upn)
      const { enrolments } = await pupilById(viewer, id)
      const here = enrolments.find(({ to }) => to === null || to >= options.date)
      if (!here) throw new Refusal('That pupil is on no roll of the trust.')
      const to = await schoolOf(viewer, options.to)
      const drops = await moveSchool(viewer, { pupil: id, from: here.school, to: to.id, day: options.date })
      voice.answer(
        { pupil: id, from: here.schoolSlug, to: to.slug, drops },
        `At ${to.name} from ${dayName(options.date)}. ${drops.length ? `Counted there now in ${drops.join(', ')}.` : 'No open drop changes.'}`,
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
