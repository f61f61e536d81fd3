import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { Figure } from '../../kernel/figure.ts'
import { decimal } from '../../kernel/numbers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Drop, drops } from '../../modules/evidence/index.ts'
import { figures, type Measure, measureById, measuresOf } from '../../modules/measures/index.ts'
import { type BriefingFor, schoolOnAPage, trustBriefing } from '../../modules/measures/routes.tsx'
import { groups } from '../../modules/organisation/index.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { atWork, fromHere, type Options, withOptions } from './at-work.ts'

/** What `--by` may name: each is a set of pupil groups, except school and year. */
const breakdowns: Record<string, readonly string[]> = {
  sex: ['girls', 'boys'],
  disadvantaged: ['disadvantaged', 'not-disadvantaged'],
  fsm: ['fsm'],
  'pupil-premium': ['pupil-premium'],
  sen: ['sen-support', 'ehcp', 'no-sen'],
  eal: ['eal', 'english-first'],
  ethnicity: ['white', 'mixed', 'asian', 'black', 'other-ethnic'],
  prior: ['prior-low', 'prior-middle', 'prior-high'],
  'looked-after': ['looked-after'],
  mobility: ['joined-this-year'],
}

const everyYear = ['R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13']

function asked(by: string | undefined) {
  const names = by
    ? by
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean)
    : []
  const unknown = names.find((name) => name !== 'school' && name !== 'year' && !breakdowns[name])
  if (unknown)
    throw new Refusal(
      `Figures can’t be broken down by “${unknown}”. They can by school, year, ${Object.keys(breakdowns).join(', ')}.`,
    )
  const groupNames = names.flatMap((name) => breakdowns[name] ?? [])
  return {
    places: names.includes('school') ? (['schools'] as const) : (['trust'] as const),
    years: names.includes('year') ? everyYear : undefined,
    groups: groupNames.length ? groupNames : ['all'],
  }
}

/** The latest drop at which the measure can be read. */
function latestFor(measure: Measure, known: readonly Drop[]): Drop {
  const fit = known.filter((drop) => measure.drops === 'any' || drop.kind === measure.drops)
  const [latest] = [...fit].sort((a, b) => b.asAt.localeCompare(a.asAt))
  if (!latest) throw new Refusal(`No drop is open yet at which “${measure.name}” could be read.`)
  return latest
}

const asDocument = (figure: Figure, measure: Measure) => ({
  measure: figure.key.measure,
  version: figure.version,
  organisation: figure.key.place,
  group: figure.key.group,
  year: figure.key.year,
  period: figure.key.period,
  snapshot: figure.key.snapshot,
  kind: figure.kind,
  value: figure.value ?? null,
  low: figure.low ?? null,
  high: figure.high ?? null,
  n: figure.n ?? null,
  of: figure.of ?? null,
  unit: measure.unit,
  source: measure.versions.find((version) => version.id === figure.version)?.source ?? '',
})

const asLine = (figure: Figure, measure: Measure): string => {
  const where = `${figure.key.place.padEnd(20)} ${(figure.key.year === 'all' ? 'all years' : figure.key.year).padEnd(10)} ${(groups.find((group) => group.slug === figure.key.group)?.name ?? figure.key.group).padEnd(22)}`
  if (figure.kind !== 'value') return `${where} ${figure.kind}`
  const write = (value: number | undefined) => (value === undefined ? '' : decimal(value, measure.places))
  return `${where} ${write(figure.value).padStart(7)}  (${write(figure.low)} to ${write(figure.high)})  ${figure.n} of ${figure.of}`
}

async function readFigures(
  viewer: Viewer,
  options: { measure: string; by?: string; drop?: string; snapshot?: string },
) {
  const measure = await measureById(viewer, options.measure)
  const period = options.drop ?? latestFor(measure, await drops(viewer)).code
  const { places, years, groups: groupNames } = asked(options.by)
  const snapshot = options.snapshot === undefined ? undefined : Number(options.snapshot)
  if (snapshot !== undefined && !Number.isInteger(snapshot))
    throw new Refusal(`“${options.snapshot}” is not a snapshot’s number.`)
  const found = await figures(viewer, {
    measures: [measure.id],
    places,
    years,
    groups: groupNames,
    periods: [period],
    snapshot,
  })
  return { measure, found: years ? found.filter((figure) => figure.kind !== 'not applicable') : found }
}

export function addFigureCommands(program: Command): void {
  withOptions(
    program.command('figures').description('figures of one measure, with intervals and where they come from'),
    'figures --measure reading-expected --by school,disadvantaged',
  )
    .requiredOption('--measure <id>', 'which measure: see `throughline measures`')
    .option('--by <list>', `school, year, ${Object.keys(breakdowns).join(', ')}`)
    .option('--drop <code>', 'at which drop; the latest when not said')
    .option('--snapshot <number>', 'as it stood in this snapshot; the latest when not said')
    .action((options: Options & { measure: string; by?: string; drop?: string; snapshot?: string }) =>
      atWork(options, async (viewer, voice) => {
        const { measure, found } = await readFigures(viewer, options)
        const [first] = found
        voice.answer(
          found.map((figure) => asDocument(figure, measure)),
          [
            `${measure.name}, ${measure.unit}${first ? `; drop ${first.key.period}, snapshot ${first.key.snapshot}` : ''}`,
            ...found.map((figure) => asLine(figure, measure)),
          ].join('\n'),
        )
      }),
    )

  withOptions(program.command('measures').description('the catalogue of measures'), 'measures').action(
    (options: Options) =>
      atWork(options, async (viewer, voice) => {
        const all = await measuresOf(viewer)
        voice.answer(
          all.map(({ id, name, unit, direction, versions }) => ({ id, name, unit, direction, versions })),
          all.map((measure) => `${measure.id.padEnd(34)} ${measure.name} (${measure.unit})`).join('\n'),
        )
      }),
  )

  const pdf = program.command('pdf').description('papers, as accessible PDF')
  withOptions(
    pdf.command('school').description('School on a page'),
    'pdf school --school 199001 --out saltmarsh.pdf',
  )
    .requiredOption('--school <urn>')
    .option('--out <file>', 'where to write it; school-on-a-page-URN.pdf when not said')
    .action((options: Options & { school: string; out?: string }) =>
      atWork(options, async (viewer, voice) => {
        const pages = await schoolOnAPage(viewer, options.school)
        const file = fromHere(options.out ?? `school-on-a-page-${options.school}.pdf`)
        writeFileSync(file, pages)
        voice.answer({ file, bytes: pages.byteLength }, `School on a page is in ${file}.`)
      }),
    )

  withOptions(
    pdf.command('briefing').description('Trust briefing: what is better, what is worse, what can’t be told'),
    'pdf briefing --drop 2026-spring --out briefing.pdf',
  )
    .option('--drop <code>', 'at which drop; the latest locked one when not said')
    .addOption(
      new Option('--for <readers>', 'the board is shown no class, pair of groups or small group')
        .choices(['board', 'leaders'])
        .default('board'),
    )
    .option('--out <file>', 'where to write it; trust-briefing.pdf when not said')
    .action((options: Options & { drop?: string; for: BriefingFor; out?: string }) =>
      atWork(options, async (viewer, voice) => {
        const pages = await trustBriefing(viewer, { drop: options.drop, for: options.for, scanNow: true })
        const file = fromHere(options.out ?? 'trust-briefing.pdf')
        writeFileSync(file, pages)
        voice.answer({ file, bytes: pages.byteLength }, `The trust briefing is in ${file}.`)
      }),
    )
}
