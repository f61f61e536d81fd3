import { existsSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { count } from '../../kernel/numbers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { isDelivery, runImport } from '../../modules/evidence/index.ts'
import { atWork, fromHere, type Options, withOptions } from './at-work.ts'
import { deliverFile, wordsOf } from './deliver.ts'
import { schoolOf } from './drops.ts'

interface ImportOptions extends Options {
  readonly school?: string
  readonly drop?: string
  readonly only?: string
  readonly mapping?: string
  readonly dryRun?: boolean
}

function readMapping(file: string | undefined): unknown {
  if (!file) return undefined
  try {
    return JSON.parse(readFileSync(fromHere(file), 'utf8'))
  } catch (error) {
    throw new Refusal(`The mapping ${file} can’t be read: ${(error as Error).message}.`)
  }
}

export function addImportCommand(program: Command): void {
  withOptions(
    program
      .command('import')
      .argument('<file...>', 'CSV, XLSX, or a file of a known format: GIAS, OneRoster, CTF')
      .description('read files of results into a drop, or of schools and pupils on to the record'),
    'import marks.xlsx --school 199001 --drop 2026-spring',
  )
    .option('--school <urn>', 'whose file it is; left out, the file has a column of schools')
    .option('--drop <code>', 'into which drop; a file of schools or pupils needs none')
    .option('--only <group>', 'of an extract of GIAS, only this group: its UID or name')
    .option('--mapping <file>', 'JSON that says what each column is: {"standLRT": "result:standLRT"}')
    .option('--dry-run', 'say what would happen and change nothing')
    .action((files: string[], options: ImportOptions) =>
      atWork(options, async (viewer, voice) => {
        const school = options.school ? (await schoolOf(viewer, options.school)).id : null
        const mapping = readMapping(options.mapping)
        const done = []
        const delivered: Parameters<typeof wordsOf>[0][] = []
        for (const name of files) {
          const file = fromHere(name)
          if (!existsSync(file)) throw new Refusal(`There is no file ${name}.`)
          voice.progress(`Reading ${name} …`)
          if (!options.drop && (await isDelivery(file))) {
            delivered.push({ file: name, ...(await deliverFile(viewer, file, school, options)) })
            continue
          }
          if (!options.drop)
            throw new Refusal(`${name} is a file of results. Say into which drop: --drop 2026-spring.`)
          const result = await runImport(
            viewer,
            {
              file,
              school,
              drop: options.drop,
              mapping: mapping as never,
              dryRun: options.dryRun ?? false,
            },
            (_, words) => voice.progress(`${name}: ${words} …`),
          )
          done.push({ file: name, ...result })
        }
        if (delivered.length) voice.answer({ delivered }, () => delivered.map(wordsOf).join('\n'))
        if (done.length === 0) return
        const whole = {
          rows: done.reduce((sum, one) => sum + one.rows, 0),
          accepted: done.reduce((sum, one) => sum + one.accepted, 0),
          rejected: done.flatMap((one) => one.rejected),
          pupils: {
            matched: done.reduce((sum, one) => sum + one.pupils.matched, 0),
            new: done.reduce((sum, one) => sum + one.pupils.new, 0),
            missing: done.reduce((sum, one) => sum + one.pupils.missing, 0),
          },
          snapshot: done.at(-1)?.snapshot ?? null,
        }
        voice.answer(whole, () =>
          [
            `${count(whole.rows, 'row')} read, ${count(whole.accepted, 'result')} accepted, ${whole.rejected.length} left out.`,
            `Pupils: ${whole.pupils.matched} known, ${whole.pupils.new} new, ${whole.pupils.missing} of the roll not in the file.`,
            ...whole.rejected
              .slice(0, 20)
              .map((one) => `  row ${one.row}, ${one.column}: “${one.value}”. ${one.why}`),
            ...(whole.rejected.length > 20
              ? [`  and ${whole.rejected.length - 20} more (all with --json)`]
              : []),
            options.dryRun
              ? 'This was a dry run: nothing has changed.'
              : whole.snapshot
                ? `Published as snapshot ${whole.snapshot}.`
                : 'Nothing was published.',
          ].join('\n'),
        )
        if (!options.dryRun && whole.snapshot === null) process.exitCode = 1
      }),
    )
}
