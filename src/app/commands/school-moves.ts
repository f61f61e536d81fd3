import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { dayName } from '../../kernel/days.ts'
import { count } from '../../kernel/numbers.ts'
import { leaveTrust, leaving, mergeSchools, merging } from '../../modules/evidence/index.ts'
import { recordJoining } from '../../modules/organisation/index.ts'
import { ownData } from '../moves/own-data.ts'
import { atWork, fromHere, type Options, withOptions } from './at-work.ts'
import { schoolOf } from './drops.ts'

interface LeaveOptions extends Options {
  readonly urn: string
  readonly date: string
  readonly why: string
  readonly out?: string
  readonly dryRun?: boolean
}

/** Schools that join the trust, leave it and take their own data with them. */
export function addSchoolMoveCommands(program: Command): void {
  const school =
    program.commands.find((one) => one.name() === 'school') ??
    program.command('school').description('the schools of the trust')
  withOptions(
    school
      .command('joined')
      .description('since when a school belongs to the trust: results from before are its own history'),
    'school joined --urn 199001 --date 2026-01-01',
  )
    .requiredOption('--urn <urn>')
    .requiredOption('--date <day>', 'its first day in the trust, yyyy-mm-dd')
    .action((options: Options & { urn: string; date: string }) =>
      atWork(options, async (viewer, voice) => {
        const one = await schoolOf(viewer, options.urn)
        await recordJoining(viewer, one.id, options.date)
        voice.answer(
          { school: one.urn, joined: options.date },
          `${one.shortName} is in the trust since ${dayName(options.date)}.`,
        )
      }),
    )

  withOptions(
    school.command('data').description('a school’s own data, as files in one zip'),
    'school data --urn 199001 --out otter-vale.zip',
  )
    .requiredOption('--urn <urn>')
    .requiredOption('--out <file>', 'the zip to write')
    .action((options: Options & { urn: string; out: string }) =>
      atWork(options, async (viewer, voice) => {
        const made = await ownData(viewer, (await schoolOf(viewer, options.urn)).id)
        writeFileSync(fromHere(options.out), made.zip, { mode: 0o600, flag: 'wx' })
        voice.answer(
          { file: options.out, files: made.files.map(([name]) => name), pupils: made.pupils },
          `${count(made.files.length, 'file')} of ${count(made.pupils, 'pupil')} in ${options.out}.`,
        )
      }),
    )

  withOptions(
    school
      .command('merge')
      .description('a school becomes part of another: pupils, classes and people go on there'),
    'school merge --urn 199002 --into 199001 --date 2026-09-01',
  )
    .requiredOption('--urn <urn>', 'the school that becomes part of the other')
    .requiredOption('--into <urn>', 'the school that goes on')
    .requiredOption('--date <day>', 'first day as one school, yyyy-mm-dd')
    .option('--dry-run', 'say what would happen, and change nothing')
    .action((options: Options & { urn: string; into: string; date: string; dryRun?: boolean }) =>
      atWork(options, async (viewer, voice) => {
        const asked = {
          from: (await schoolOf(viewer, options.urn)).id,
          into: (await schoolOf(viewer, options.into)).id,
          day: options.date,
        }
        const plan = options.dryRun
          ? { ...(await merging(viewer, asked)), left: [] }
          : await mergeSchools(viewer, asked)
        const { from, into, left } = plan
        voice.answer(
          {
            from: from.school.urn,
            into: into.urn,
            day: options.date,
            pupils: from.onRoll.length,
            roles: from.roles.length,
            rolesLeft: left.map(({ name, role }) => ({ name, role })),
            dryRun: options.dryRun ?? false,
          },
          [
            `${from.school.name} becomes part of ${into.name} on ${dayName(options.date)}: ${count(from.onRoll.length, 'pupil')}, ${count(from.roles.length, 'role')}.`,
            ...left.map(
              ({ name, role }) => `  ${name} (${role}) held a role at a department; give it again by hand.`,
            ),
            options.dryRun ? 'This was a dry run: nothing has changed.' : 'It is on record.',
          ].join('\n'),
        )
      }),
    )

  withOptions(
    school.command('leave').description('a school leaves the trust, with its own data as files'),
    'school leave --urn 199001 --date 2026-08-31 --why "Moves to the Otter Trust." --out otter-vale.zip',
  )
    .requiredOption('--urn <urn>')
    .requiredOption('--date <day>', 'its last day in the trust, yyyy-mm-dd')
    .requiredOption('--why <sentence>', 'kept with its membership')
    .option('--out <file>', 'the zip with its own data')
    .option('--dry-run', 'say what would go, and change nothing')
    .action((options: LeaveOptions) =>
      atWork(options, async (viewer, voice) => {
        const one = await schoolOf(viewer, options.urn)
        const asked = { school: one.id, last: options.date, why: options.why }
        const plan = await leaving(viewer, asked)
        if (options.out && !options.dryRun)
          writeFileSync(fromHere(options.out), (await ownData(viewer, one.id)).zip, {
            mode: 0o600,
            flag: 'wx',
          })
        if (!options.dryRun) await leaveTrust(viewer, asked)
        voice.answer(
          {
            school: one.urn,
            last: plan.last,
            pupils: plan.onRoll.length,
            held: plan.held.length,
            roles: plan.roles.length,
            drops: plan.drops.map(({ code }) => code),
            dryRun: options.dryRun ?? false,
          },
          [
            `${one.name}: last day in the trust ${dayName(plan.last)}.`,
            `  ${count(plan.onRoll.length, 'pupil leaves', 'pupils leave')} the roll; ${count(plan.roles.length, 'role ends', 'roles end')}; ${count(plan.drops.length, 'open drop no longer asks it', 'open drops no longer ask it')}.`,
            `  ${count(plan.kept, 'drop holds', 'drops hold')} what was sealed, as it was. The trust holds the records of ${count(plan.held.length, 'pupil')}.`,
            options.dryRun ? 'This was a dry run: nothing has changed.' : 'It is on record.',
          ].join('\n'),
        )
      }),
    )
}
