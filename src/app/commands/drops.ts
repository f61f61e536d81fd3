import type { Command } from 'commander'
import { dayName } from '../../kernel/days.ts'
import { count } from '../../kernel/numbers.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import {
  checkFindings,
  dropByCode,
  lockDrop,
  openDrop,
  readiness,
  signOff,
  undoImport,
  withdrawSignOff,
} from '../../modules/evidence/index.ts'
import { askForMissingScans } from '../../modules/measures/index.ts'
import { schoolByUrn, schools } from '../../modules/organisation/index.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { atWork, type Options, withOptions } from './at-work.ts'

interface DropOptions extends Options {
  readonly drop: string
}

export async function schoolOf(viewer: Viewer, urn: string) {
  try {
    return await schoolByUrn(viewer, urn)
  } catch (error) {
    if (error instanceof NotHere) throw new Refusal(`No school of the trust has the URN ${urn}.`)
    throw error
  }
}

/** `reading-scaled:6,5` → the assessment and its year groups. */
const askedFor = (text: string) => {
  const [assessment, years] = text.split(':')
  if (!assessment || !years)
    throw new Refusal(`“${text}” should name an assessment and its year groups: reading:3,4,5,6`)
  return { assessment, yearGroups: years.split(',').map((year) => year.trim()) }
}

function addOpen(drop: Command) {
  withOptions(
    drop
      .command('open')
      .argument('<name>', 'such as Spring')
      .description('open a data drop and ask the schools for their files'),
    'drop open Spring --code 2026-spring --assessment reading:3,4,5,6 --as-at 2026-03-13 --due 2026-03-27 --purpose "See who needs help with reading before summer." --decides "Where the trust’s reading team works after Easter."',
  )
    .requiredOption(
      '--assessment <code:years...>',
      'what is asked of which year groups',
      (text: string, all: string[] = []) => [...all, text],
    )
    .requiredOption('--purpose <sentence>', 'what the drop is for')
    .requiredOption('--decides <sentence>', 'what will be decided from it')
    .requiredOption('--due <day>', 'by when, yyyy-mm-dd')
    .requiredOption('--as-at <day>', 'pupils on roll on this day are counted, yyyy-mm-dd')
    .option('--opens <day>', 'today when not said')
    .option('--code <code>', 'its code; made from the name when not said')
    .option('--term <number>', 'its place in the year', '2')
    .option('--kind <kind>', 'termly or statutory', 'termly')
    .option('--minutes <number>', 'of each teacher’s time that it should cost', '0')
    .option('--school <urn...>', 'which schools; all when not said')
    .action(
      (
        name: string,
        options: Options & {
          assessment: string[]
          purpose: string
          decides: string
          due: string
          asAt: string
          opens?: string
          code?: string
          term: string
          kind: 'termly' | 'statutory'
          minutes: string
          school?: string[]
        },
      ) =>
        atWork(options, async (viewer, voice) => {
          const chosen = options.school
            ? await Promise.all(options.school.map((urn) => schoolOf(viewer, urn)))
            : (await schools(viewer)).filter(({ left }) => left === null || left >= viewer.today)
          const opened = await openDrop(viewer, {
            name,
            code: options.code,
            term: options.term,
            kind: options.kind,
            purpose: options.purpose,
            decides: options.decides,
            minutes: options.minutes,
            opens: options.opens ?? viewer.today,
            due: options.due,
            asAt: options.asAt,
            asked: options.assessment.map(askedFor) as never,
            schools: chosen.map((school) => ({ school: school.id })),
          })
          voice.answer(
            opened,
            `The drop ${opened.drop.code} is open; ${count(chosen.length, 'school')} asked, files due ${dayName(options.due)}.`,
          )
        }),
    )
}

function addCheck(drop: Command) {
  withOptions(
    drop.command('check').description('the health checks: what to ask before signing off'),
    'drop check --drop 2026-spring',
  )
    .requiredOption('--drop <code>')
    .option('--school <urn>', 'one school; all when not said')
    .action((options: DropOptions & { school?: string }) =>
      atWork(options, async (viewer, voice) => {
        const found = await checkFindings(
          viewer,
          options.drop,
          options.school ? (await schoolOf(viewer, options.school)).id : undefined,
        )
        voice.answer(
          found,
          found.length === 0
            ? 'Nothing odd was found.'
            : found
                .map(
                  (finding) =>
                    `${finding.schoolName}: ${finding.question}${finding.answer ? `\n  answered: ${finding.answer}` : ''}`,
                )
                .join('\n'),
        )
      }),
    )
}

export function addDropCommands(program: Command): void {
  const drop = program.command('drop').description('data drops: open, check, sign off, lock, undo')
  addOpen(drop)
  addCheck(drop)

  withOptions(
    drop.command('sign-off').description('the headteacher’s word that a school’s data are right'),
    'drop sign-off --drop 2026-spring --school 199001',
  )
    .requiredOption('--drop <code>')
    .requiredOption('--school <urn>')
    .option('--withdraw <why>', 'take a sign-off back, with the reason')
    .action((options: DropOptions & { school: string; withdraw?: string }) =>
      atWork(options, async (viewer, voice) => {
        const school = await schoolOf(viewer, options.school)
        if (options.withdraw !== undefined) {
          await withdrawSignOff(viewer, { drop: options.drop, school: school.id, why: options.withdraw })
          return voice.answer(
            { school: school.urn, drop: options.drop, signedOff: false },
            `${school.shortName}’s sign-off is taken back.`,
          )
        }
        const snapshot = await signOff(viewer, { drop: options.drop, school: school.id })
        voice.answer(
          { school: school.urn, drop: options.drop, signedOff: true, snapshot },
          `${school.shortName} is signed off as it stands in snapshot ${snapshot}.`,
        )
      }),
    )

  withOptions(
    drop.command('lock').description('end the drop: its snapshot is final'),
    'drop lock --drop 2026-spring',
  )
    .requiredOption('--drop <code>')
    .option('--without <why>', 'why schools that have not signed off are not waited for')
    .action((options: DropOptions & { without?: string }) =>
      atWork(options, async (viewer, voice) => {
        const snapshot = await lockDrop(viewer, options.drop, { without: options.without })
        await askForMissingScans(viewer)
        voice.answer(
          { drop: options.drop, snapshot },
          `The drop ${options.drop} is locked: snapshot ${snapshot}, for ever.`,
        )
      }),
    )

  withOptions(
    drop
      .command('undo')
      .argument('<import>', 'the number of the import')
      .description('take a published file out again, until the drop is locked'),
    'drop undo 12',
  ).action((id: string, options: Options) =>
    atWork(options, async (viewer, voice) => {
      if (!/^\d+$/.test(id)) throw new Refusal(`“${id}” is not an import’s number.`)
      const { snapshot } = await undoImport(viewer, Number(id))
      voice.answer({ import: Number(id), snapshot }, `Undone: snapshot ${snapshot} is as it was before.`)
    }),
  )

  withOptions(
    drop.command('readiness').description('who has sent, published and signed off'),
    'drop readiness --drop 2026-spring',
  )
    .requiredOption('--drop <code>')
    .action((options: DropOptions) =>
      atWork(options, async (viewer, voice) => {
        const ready = await readiness(viewer, await dropByCode(viewer, options.drop))
        voice.answer(
          ready,
          ready
            .map(
              (one) =>
                `${one.school.shortName.padEnd(20)} ${one.standing}${one.late ? `, late: due ${dayName(one.due)}` : ''}`,
            )
            .join('\n'),
        )
      }),
    )
}
