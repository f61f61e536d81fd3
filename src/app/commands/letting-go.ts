import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import {
  dueNow,
  erasePupil,
  finishLettingGo,
  joinRecords,
  keepingRules,
  letGo,
  lettingGoWords,
  nameToType,
  previewErasure,
  previewJoin,
  recordClasses,
  setRule,
} from '../../modules/keeping/index.ts'
import { atWork, type Options, withOptions } from './at-work.ts'
import { pupilOf } from './record-changes.ts'

interface EraseOptions extends Options {
  readonly pupil: string
  readonly preview?: boolean
  readonly reason?: string
  readonly keepNamelessRow?: boolean
  readonly yes?: boolean
}

interface JoinOptions extends Options {
  readonly stays: string
  readonly comes: string
  readonly preview?: boolean
  readonly take?: readonly string[]
  readonly reason?: string
  readonly yes?: boolean
}

interface RetentionOptions extends Options {
  readonly preview?: boolean
  readonly apply?: boolean
  readonly keep?: string
  readonly years?: string
  readonly reason?: string
}

/** Letting records of pupils go. */
export function addLettingGoCommands(program: Command): void {
  withOptions(
    program
      .command('erase')
      .description('take one pupil’s record out of everything that holds it; look with --preview first'),
    'erase --pupil A123456789012 --preview',
  )
    .requiredOption('--pupil <upn>', 'whose record')
    .option('--preview', 'say what stands and what would become of it; change nothing')
    .option('--reason <sentence>', 'kept, so without the pupil’s name')
    .option('--keep-nameless-row', 'figures of locked drops keep the row, as nobody’s')
    .option('--yes', 'yes, erase it')
    .action((options: EraseOptions) =>
      atWork(options, async (viewer, voice, house) => {
        await finishLettingGo(house)
        const pupil = await pupilOf(viewer, options.pupil)
        const preview = await previewErasure(viewer, pupil)
        if (options.preview)
          return voice.answer({ pupil, standing: preview.standing, lockedRows: preview.lockedRows }, () =>
            preview.standing
              .map((one) => `${one.fate.padEnd(10)}  ${one.what}: ${one.words}. ${one.why}`.trimEnd())
              .join('\n'),
          )
        if (!options.yes)
          throw new Refusal('Look with --preview first; then say --yes with a --reason. Nothing was changed.')
        const made = await erasePupil(viewer, {
          pupil,
          reason: options.reason ?? '',
          figures: options.keepNamelessRow ? 'nameless row' : 'without them',
          typed: nameToType(preview.pupil),
        })
        voice.answer(made, `The record is erased, as erasure ${made.erasure}.`)
      }),
    )

  withOptions(
    program.command('join').description('make one pupil of two records; look with --preview first'),
    'join --stays A123456789012 --comes B12345678901A --preview',
  )
    .requiredOption('--stays <upn>', 'the record that stays, with its name and number')
    .requiredOption('--comes <upn>', 'the record that comes over; its number finds the pupil still')
    .option('--preview', 'say what both hold and where they differ; change nothing')
    .option(
      '--take <name...>',
      'names of differences, as --preview --json says them, where the other’s word holds',
    )
    .option('--reason <sentence>', 'how it is known; kept, so without names')
    .option('--yes', 'yes, join them')
    .action((options: JoinOptions) =>
      atWork(options, async (viewer, voice, house) => {
        await finishLettingGo(house)
        const two = {
          stays: await pupilOf(viewer, options.stays),
          comes: await pupilOf(viewer, options.comes),
        }
        const { clashes, doubts } = await previewJoin(viewer, two)
        if (options.preview)
          return voice.answer(
            { ...two, clashes, doubts },
            () =>
              [
                ...doubts,
                ...clashes.map((one) => `${one.what}: ${one.stays}, or ${one.comes} (${one.name})`),
              ].join('\n') || 'They say nothing that differs.',
          )
        if (!options.yes)
          throw new Refusal('Look with --preview first; then say --yes with a --reason. Nothing was changed.')
        const made = await joinRecords(viewer, {
          ...two,
          reason: options.reason ?? '',
          takes: options.take ?? [],
          typed: 'join',
        })
        voice.answer(made, 'The two records are one. Both numbers find the pupil.')
      }),
    )

  withOptions(
    program
      .command('retention')
      .description('how long each class of record is kept, and what has been kept long enough'),
    'retention --preview --json',
  )
    .option('--preview', 'count by class and year what would go now; change nothing')
    .option('--apply', 'let go of what is due')
    .option('--keep <class>', `decide a rule: ${Object.keys(recordClasses).join(', ')}`)
    .option('--years <number>', 'how many years; “none” until somebody decides otherwise')
    .option('--reason <sentence>', 'why, with --keep')
    .action((options: RetentionOptions) =>
      atWork(options, async (viewer, voice, house) => {
        await finishLettingGo(house)
        if (options.keep) {
          const text = options.years ?? ''
          const years = text === 'none' ? null : /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
          await setRule(viewer, { class: options.keep, years, reason: options.reason ?? '' })
          return voice.answer({ class: options.keep, years }, 'The rule is kept. Nothing went by it yet.')
        }
        if (options.apply) {
          const went = await letGo(viewer)
          return voice.answer(went, `Let go. ${lettingGoWords(went)}.`)
        }
        const { rules } = await keepingRules(viewer)
        const { classes } = await dueNow(viewer)
        const lines = rules.map((rule) => ({
          name: recordClasses[rule.class].name,
          years: rule.years,
          rule: rule.words,
          decided: rule.decided !== undefined,
          ...classes.find((one) => one.class === rule.class)!,
        }))
        voice.answer(lines, () =>
          lines
            .map(
              (one) =>
                `${one.name}: ${one.rule}. Due: ${one.many}${one.pupils ? `, of ${one.pupils} pupils` : ''}.`,
            )
            .join('\n'),
        )
      }),
    )
}
