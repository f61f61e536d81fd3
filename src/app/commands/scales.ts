import type { Command } from 'commander'
import { academicYearOf, academicYearStart } from '../../kernel/academic-year.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addScale, readyScales } from '../../modules/evidence/index.ts'
import { atWork, type Options, withOptions } from './at-work.ts'

/** Scales that schools share, ready to be added: technical awards, key stage 1 and pre-key stage among them. */
export function addScaleCommands(program: Command): void {
  const scale = program.command('scale').description('what results are marked on')
  withOptions(
    scale.command('add').argument('<code>', readyScales.map(({ code }) => code).join(', ')),
    'scale add technical-award',
  )
    .description('add one of the scales that schools share')
    .option('--from <day>', 'in force from this day; the start of this academic year when not said')
    .action((code: string, options: Options & { from?: string }) =>
      atWork(options, async (viewer, voice) => {
        const ready = readyScales.find((one) => one.code === code)
        if (!ready)
          throw new Refusal(
            `There is no ready scale ${code}. There is: ${readyScales.map((one) => one.code).join(', ')}.`,
          )
        const from = options.from ?? academicYearStart(academicYearOf(viewer.today))
        const id = await addScale(viewer, { ...ready, from })
        voice.answer(
          { scale: id, code, from },
          `${ready.name} (${code}) is in force from ${from}: ${(ready.grades ?? []).map((grade) => grade.code).join(', ')}.`,
        )
      }),
    )
}
