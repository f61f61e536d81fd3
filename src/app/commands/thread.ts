import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { academicYearName, academicYearOf } from '../../kernel/academic-year.ts'
import { isDay } from '../../kernel/days.ts'
import { count } from '../../kernel/numbers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  evaluationLines,
  exportEvaluation,
  exportPlan,
  frameworks,
  importEvaluation,
  importPlan,
  plansWith,
  thread,
} from '../../modules/improvement/index.ts'
import {
  evaluationDocx,
  evaluationPaper,
  planDocx,
  planPaper,
  strategyDocx,
  strategyReport,
  threadPaper,
} from '../../modules/improvement/routes.tsx'
import type { Viewer } from '../../platform/viewer.ts'
import { atWork, fromHere, type Options, type Voice, withOptions } from './at-work.ts'
import { schoolOf } from './drops.ts'

interface PlanOptions extends Options {
  readonly school?: string
  readonly year?: string
}

/** The plan of a school (or with no URN of the trust) for a year: this one when none is said. @throws Refusal */
async function planAsked(viewer: Viewer, { school, year }: PlanOptions): Promise<number> {
  if (year !== undefined && !/^\d{4}$/.test(year))
    throw new Refusal(`“${year}” is not a year. 2025 is the academic year 2025/26.`)
  const academicYear = year === undefined ? academicYearOf(viewer.today) : Number(year)
  const of = school === undefined ? null : (await schoolOf(viewer, school)).id
  const [plan] = await plansWith(viewer, { school: of, academicYear })
  if (!plan)
    throw new Refusal(
      `There is no plan for ${academicYearName(academicYear)}${school ? ` of ${school}` : ' of the trust'}.`,
    )
  return plan.id
}

interface EvaluationOptions extends Options {
  readonly school?: string
  readonly framework?: string
}

/** The self-evaluation of a school (or with no URN of the trust): by the framework asked for, or the newest there is. @throws Refusal */
async function evaluationAsked(viewer: Viewer, { school, framework }: EvaluationOptions): Promise<number> {
  const of = school === undefined ? null : (await schoolOf(viewer, school)).id
  const known = await frameworks(viewer)
  const own = (await evaluationLines(viewer))
    .filter((line) => line.school === of && (framework === undefined || line.framework === framework))
    .toSorted(
      (a, b) =>
        known.findIndex((one) => one.code === a.framework) -
        known.findIndex((one) => one.code === b.framework),
    )
  if (!own[0])
    throw new Refusal(
      `There is no self-evaluation${school ? ` of ${school}` : ' of the trust'}${framework ? ` by ${framework}` : ''}.`,
    )
  return own[0].id
}

/** A JSON file as it was written. @throws Refusal */
function documentIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(fromHere(file), 'utf8'))
  } catch (error) {
    throw new Refusal(
      error instanceof SyntaxError
        ? `${file} is not JSON.`
        : `${file} can’t be read: there is no such file here.`,
    )
  }
}

/** Writes a paper to a file and says so. */
function written(voice: Voice, paper: Uint8Array, out: string): void {
  const file = fromHere(out)
  writeFileSync(file, paper)
  voice.answer({ file, bytes: paper.byteLength }, `It is in ${file}.`)
}

export function addThreadCommands(program: Command): void {
  withOptions(
    program
      .command('thread')
      .description('what joins aims to objectives, evidence and decisions, and what hangs loose'),
    'thread --json',
  )
    .option('--on <day>', 'as it stood on a day, 2025-07-31; today when not said')
    .action((options: Options & { on?: string }) =>
      atWork(options, async (viewer, voice) => {
        if (options.on !== undefined && !isDay(options.on))
          throw new Refusal(`“${options.on}” is no day. Write it as 2025-07-31.`)
        const map = await thread(viewer, options.on)
        voice.answer(
          {
            nodes: map.nodes.map(({ id, kind, title }) => ({ id, kind, title })),
            links: map.links,
            loose: map.loose,
          },
          [
            `${count(map.nodes.length, 'knot')}, ${count(map.links.length, 'link')}, ${count(map.loose.length, 'loose end')}.`,
            ...map.loose.map(
              ({ node, why }) => `${map.nodes.find((one) => one.id === node)?.title ?? node}: ${why}`,
            ),
          ].join('\n'),
        )
      }),
    )

  const plan = program.command('plan').description('improvement plans, out and in again')
  withOptions(
    plan.command('export').description('a plan as a file that loses nothing'),
    'plan export --school 199001 --out plan.json',
  )
    .option('--school <urn>', 'whose; the trust’s own when not said')
    .option('--year <year>', '2025 for 2025/26; this one when not said')
    .option('--out <file>', 'where to write it; standard output when not said')
    .option('--docx', 'as a Word document, to read and to write on')
    .action((options: PlanOptions & { out?: string; docx?: true }) =>
      atWork(options, async (viewer, voice) => {
        const id = await planAsked(viewer, options)
        if (options.docx)
          return written(
            voice,
            await planDocx(viewer, id),
            options.out ?? `plan-${options.school ?? 'trust'}.docx`,
          )
        const file = await exportPlan(viewer, id)
        if (options.out) writeFileSync(fromHere(options.out), `${JSON.stringify(file, null, 2)}\n`)
        voice.answer(
          options.out ? { file: fromHere(options.out), objectives: file.objectives.length } : file,
          options.out
            ? `${count(file.objectives.length, 'objective')} written.`
            : JSON.stringify(file, null, 2),
        )
      }),
    )
  withOptions(
    plan.command('import').argument('<file>').description('a plan that was exported, all of it or nothing'),
    'plan import plan.json',
  ).action((file: string, options: Options) =>
    atWork(options, async (viewer, voice) => {
      const id = await importPlan(viewer, documentIn(file))
      voice.answer({ plan: id }, `The plan is in, as plan ${id}.`)
    }),
  )

  withOptions(
    program.command('frameworks').description('by what schools and the trust judge themselves'),
    'frameworks --json',
  ).action((options: Options) =>
    atWork(options, async (viewer, voice) => {
      const all = await frameworks(viewer)
      voice.answer(
        all,
        all
          .map(
            (one) => `${one.code.padEnd(28)} ${one.name}, from ${one.from}${one.to ? ` to ${one.to}` : ''}`,
          )
          .join('\n'),
      )
    }),
  )

  const evaluation = program.command('evaluation').description('self-evaluations, out and in again')
  withOptions(
    evaluation.command('export').description('a self-evaluation as a file that loses nothing'),
    'evaluation export --school 199001 --out evaluation.json',
  )
    .option('--school <urn>', 'whose; the trust’s own when not said')
    .option('--framework <code>', 'by which framework; the newest when not said')
    .option('--out <file>', 'where to write it; standard output when not said')
    .option('--docx', 'as a Word document, to read and to write on')
    .action((options: EvaluationOptions & { out?: string; docx?: true }) =>
      atWork(options, async (viewer, voice) => {
        const id = await evaluationAsked(viewer, options)
        if (options.docx)
          return written(
            voice,
            await evaluationDocx(viewer, id),
            options.out ?? `evaluation-${options.school ?? 'trust'}.docx`,
          )
        const file = await exportEvaluation(viewer, id)
        if (options.out) writeFileSync(fromHere(options.out), `${JSON.stringify(file, null, 2)}\n`)
        voice.answer(
          options.out ? { file: fromHere(options.out), areas: file.areas.length } : file,
          options.out ? `${count(file.areas.length, 'area')} written.` : JSON.stringify(file, null, 2),
        )
      }),
    )
  withOptions(
    evaluation
      .command('import')
      .argument('<file>')
      .description('a self-evaluation that was exported, all of it or nothing'),
    'evaluation import evaluation.json',
  ).action((file: string, options: Options) =>
    atWork(options, async (viewer, voice) => {
      const id = await importEvaluation(viewer, documentIn(file))
      voice.answer({ evaluation: id }, `The self-evaluation is in, as number ${id}.`)
    }),
  )

  const pdf = program.commands.find((one) => one.name() === 'pdf')!
  withOptions(
    pdf.command('plan').description('an improvement plan'),
    'pdf plan --school 199001 --out plan.pdf',
  )
    .option('--school <urn>', 'whose; the trust’s own when not said')
    .option('--year <year>', '2025 for 2025/26; this one when not said')
    .option('--out <file>', 'where to write it')
    .action((options: PlanOptions & { out?: string }) =>
      atWork(options, async (viewer, voice) => {
        const pages = await planPaper(viewer, await planAsked(viewer, options))
        const file = fromHere(options.out ?? `plan-${options.school ?? 'trust'}.pdf`)
        writeFileSync(file, pages)
        voice.answer({ file, bytes: pages.byteLength }, `The plan is in ${file}.`)
      }),
    )

  withOptions(
    pdf.command('evaluation').description('what is confirmed of a self-evaluation'),
    'pdf evaluation --school 199001 --out evaluation.pdf',
  )
    .option('--school <urn>', 'whose; the trust’s own when not said')
    .option('--framework <code>', 'by which framework; the newest when not said')
    .option('--out <file>', 'where to write it')
    .action((options: EvaluationOptions & { out?: string }) =>
      atWork(options, async (viewer, voice) => {
        const pages = await evaluationPaper(viewer, await evaluationAsked(viewer, options))
        const file = fromHere(options.out ?? `evaluation-${options.school ?? 'trust'}.pdf`)
        writeFileSync(file, pages)
        voice.answer({ file, bytes: pages.byteLength }, `The self-evaluation is in ${file}.`)
      }),
    )

  withOptions(
    pdf.command('thread').description('the thread as a map for the wall, with what hangs loose'),
    'pdf thread --school 199001 --out thread.pdf',
  )
    .option('--school <urn>', 'of one school; of the trust when not said')
    .option('--out <file>', 'where to write it')
    .action((options: Options & { school?: string; out?: string }) =>
      atWork(options, async (viewer, voice) => {
        const school =
          options.school === undefined ? undefined : (await schoolOf(viewer, options.school)).slug
        written(
          voice,
          await threadPaper(viewer, school),
          options.out ?? `thread-${options.school ?? 'trust'}.pdf`,
        )
      }),
    )

  withOptions(
    pdf
      .command('strategy-report')
      .description('the head’s report on the strategy, by exception, on at most four pages'),
    'pdf strategy-report --out strategy.pdf',
  )
    .option('--school <urn>', 'of one school; of the trust when not said')
    .option('--docx', 'as a Word document instead')
    .option('--out <file>', 'where to write it')
    .action((options: Options & { school?: string; out?: string; docx?: true }) =>
      atWork(options, async (viewer, voice) => {
        const school = options.school === undefined ? undefined : (await schoolOf(viewer, options.school)).id
        if (options.docx)
          return written(
            voice,
            await strategyDocx(viewer, school),
            options.out ?? `strategy-report-${options.school ?? 'trust'}.docx`,
          )
        const pages = await strategyReport(viewer, school)
        const file = fromHere(options.out ?? `strategy-report-${options.school ?? 'trust'}.pdf`)
        writeFileSync(file, pages)
        voice.answer({ file, bytes: pages.byteLength }, `The report is in ${file}.`)
      }),
    )
}
