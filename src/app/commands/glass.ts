import type { Command } from 'commander'
import { dayName, londonDay, londonTime } from '../../kernel/days.ts'
import { breakGlass, brokenGlasses, endGlass, viewerForCommandLine } from '../../modules/access/index.ts'
import { atWork, type Options, withOptions } from './at-work.ts'
import { schoolOf } from './drops.ts'

interface BreakOptions extends Options {
  readonly as: string
  readonly school: string
  readonly upn?: string
  readonly reason: string
  readonly hours: string
}

/** Seeing a pupil or a school beyond one's roles, by command. */
export function addGlassCommands(program: Command): void {
  const glass = program.command('glass').description('sight beyond a role, for a reason and a few hours')
  withOptions(
    glass
      .command('break')
      .description('open a school, or one pupil, to someone whose role does not reach it; the trust is told')
      .requiredOption('--as <email>', 'who needs to see it')
      .requiredOption('--school <urn>')
      .requiredOption('--reason <sentence>', 'why they need to see it now')
      .option('--upn <upn>', 'only this pupil; every pupil of the school when not said')
      .option('--hours <hours>', '1, 4 or 24', '1'),
    'glass break --as neil.hart@tidewell.example --school 199001 --reason "Covers Saltmarsh’s data manager, who is ill today."',
  ).action((options: BreakOptions) =>
    atWork(options, async (_, voice, house) => {
      const viewer = await viewerForCommandLine(house, options.trust, options.as)
      const { id: school } = await schoolOf(viewer, options.school)
      const { upn, reason } = options
      const made = await breakGlass(viewer, { school, upn, reason, hours: Number(options.hours) })
      voice.answer(
        made,
        `Glass ${made.id} is broken for ${viewer.name} until ${dayName(londonDay(made.until))}, ${londonTime(made.until)}. The trust has been told.`,
      )
    }),
  )
  withOptions(glass.command('list').description('each time that it was done'), 'glass list').action(
    (options: Options) =>
      atWork(options, async (viewer, voice) => {
        const glasses = await brokenGlasses(viewer)
        voice.answer(glasses, () =>
          glasses.length === 0
            ? 'Nobody has broken the glass.'
            : glasses
                .map(
                  (one) =>
                    `${one.id}  ${one.name}, ${one.schoolName}, ${one.pupil === null ? 'every pupil' : 'one pupil'}, ${one.holds ? 'open until' : 'ended'} ${(one.ended ?? one.until).toISOString()}: ${one.reason}`,
                )
                .join('\n'),
        )
      }),
  )
  withOptions(
    glass.command('end').argument('<number>').description('end it before its time'),
    'glass end 3',
  ).action((number: string, options: Options) =>
    atWork(options, async (viewer, voice) => {
      await endGlass(viewer, Number(number) || 0)
      voice.answer({ ended: Number(number) }, `Glass ${number} has ended.`)
    }),
  )
}
