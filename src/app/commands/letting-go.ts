import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { erasePupil, finishLettingGo, nameToType, previewErasure } from '../../modules/keeping/index.ts'
import { atWork, type Options, withOptions } from './at-work.ts'
import { pupilOf } from './record-changes.ts'

interface EraseOptions extends Options {
  readonly pupil: string
  readonly preview?: boolean
  readonly reason?: string
  readonly keepNamelessRow?: boolean
  readonly yes?: boolean
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
}
