import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { academicYearOf, academicYearStart } from '../../kernel/academic-year.ts'
import { count } from '../../kernel/numbers.ts'
import { writeTransfer } from '../../modules/evidence/index.ts'
import { atWork, fromHere, type Options, withOptions } from './at-work.ts'
import { schoolOf } from './drops.ts'

interface TransferOptions extends Options {
  readonly school: string
  readonly from?: string
  readonly until?: string
  readonly dest?: string
  readonly ctf?: string
  readonly out?: string
}

/** Leavers as a Common Transfer File. */
export function addTransferCommand(program: Command): void {
  withOptions(
    program.command('transfer').description('write the Common Transfer File (CTF) of a school’s leavers'),
    'transfer --school 199001 --dest 999/4101 --out transfers',
  )
    .requiredOption('--school <urn>', 'which school they left')
    .option('--from <day>', 'who left from this day on; left out, from 1 September')
    .option('--until <day>', 'and up to this day; left out, today')
    .option('--dest <laestab>', 'the school that they go to')
    .option('--ctf <version>', '22 to 26; left out, the one of this academic year')
    .option('--out <folder>', 'where to; left out, here')
    .action((options: TransferOptions) =>
      atWork(options, async (viewer, voice) => {
        const { name, text, pupils } = await writeTransfer(viewer, {
          school: (await schoolOf(viewer, options.school)).id,
          from: options.from ?? academicYearStart(academicYearOf(viewer.today)),
          to: options.until ?? viewer.today,
          ...(options.dest ? { dest: options.dest } : {}),
          ...(options.ctf ? { version: Number.parseInt(options.ctf, 10) } : {}),
        })
        const path = fromHere(options.out ? `${options.out}/${name}` : name)
        writeFileSync(path, text)
        voice.answer({ file: path, pupils }, `${count(pupils, 'leaver')} in ${path}.`)
      }),
    )
}
