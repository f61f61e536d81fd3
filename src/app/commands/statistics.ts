import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { count, decimal, signed } from '../../kernel/numbers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  funnelOfFile,
  type LevelEffect,
  lookPageNow,
  questionsPage,
  scanOfFile,
  threeLevelOfFile,
  type ValueAddedAsk,
  valueAddedAt,
  valueAddedOfFile,
} from '../../modules/measures/index.ts'
import { type Duck, openDuck } from '../../platform/lake/duck.ts'
import { atWork, fromHere, type Options, voiceFor, withOptions } from './at-work.ts'

interface FileOptions {
  readonly csv: string
  readonly json?: boolean
}

const list = (text: string | undefined): string[] =>
  text
    ? text
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean)
    : []

/** `schgend=mixed,vr=mid 50%` */
function baselines(text: string | undefined): Record<string, string> {
  return Object.fromEntries(
    list(text).map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new Refusal(`“${pair}” is not a baseline. Write it as column=level.`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

/** Works on a file alone: no data folder, no trust. */
async function onFile<T>(csv: string, work: (duck: Duck, file: string) => Promise<T>): Promise<T> {
  const file = fromHere(csv)
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Refusal(`There is no file ${csv}.`)
  const spill = mkdtempSync(join(tmpdir(), 'throughline-'))
  const duck = await openDuck({ spill, memory: '4GB' })
  try {
    return await work(duck, file)
  } finally {
    duck.close()
    rmSync(spill, { recursive: true, force: true })
  }
}

const forFile = (command: Command, example: string): Command =>
  command
    .requiredOption('--csv <file>', 'any table with a heading; nothing of it is kept')
    .option('--json', 'one JSON document on standard output, and nothing else there')
    .addHelpText('after', `\nExample:\n  npm run -s throughline -- ${example}`)

const effectLine = (name: string, { intercept, low, high, n }: LevelEffect, unit: string): string =>
  `${name.padEnd(24)} ${signed(intercept, 3).padStart(12)}  (${signed(low, 3)} to ${signed(high, 3)})  ${count(n, unit)}`

/** Pupils in classes in schools, of a file. */
const threeLevels = (csv: string, ask: Parameters<typeof threeLevelOfFile>[2], json?: boolean) =>
  onFile(csv, async (duck, file) => {
    const fit = await threeLevelOfFile(duck, file, ask)
    const { effects, nestedEffects, variance } = fit
    voiceFor({ data: '', json }).answer(
      { ...fit, groups: effects.length, nested: nestedEffects.length },
      [
        `${count(fit.n, 'row')} in ${count(nestedEffects.length, 'group')} (${ask.nested}) of ${count(effects.length, 'group')} (${ask.group})${fit.dropped ? `, ${fit.dropped} left out for a missing value` : ''}; ${ask.method.toUpperCase()}, −2 log-likelihood ${decimal(fit.minus2LogLik, 2)}`,
        ...fit.notes,
        ...fit.fixed.map(
          ({ name, estimate, se }) =>
            `${name.padEnd(24)} ${decimal(estimate, 4).padStart(12)}  (standard error ${decimal(se, 4)})`,
        ),
        `${`variance, ${ask.group}`.padEnd(24)} ${decimal(variance.group.intercept, 4).padStart(12)}`,
        `${`variance, ${ask.nested}`.padEnd(24)} ${decimal(variance.nested.intercept, 4).padStart(12)}`,
        `${'variance within'.padEnd(24)} ${decimal(variance.residual, 4).padStart(12)}`,
        '',
        ...effects.map((effect) => effectLine(effect.group, effect, 'row')),
        ...nestedEffects.map((effect) => effectLine(`${effect.within}, ${effect.group}`, effect, 'row')),
      ].join('\n'),
    )
  })

/** The trust’s own schools on a measure. */
const valueAddedOfDrop = (options: Options, ask: ValueAddedAsk) =>
  atWork(options, async (viewer, voice) => {
    const { drop, measure } = ask
    const { fit, without, ...about } = await valueAddedAt(viewer, ask)
    const { effects, ...rest } = fit
    voice.answer(
      { drop, measure, snapshot: about.snapshot, ...rest, groups: effects.length, effects, dropped: without },
      [
        `${about.measure.name}, ${drop}: ${count(fit.n, 'pupil')}${without ? `, ${without} without a result left out` : ''}; ${Math.round(100 * about.withPrior)}% have a prior attainment`,
        ...fit.notes,
        ...effects
          .toSorted((a, b) => b.intercept - a.intercept)
          .map(
            ({ group, intercept, low, high, n }) =>
              `${group.padEnd(24)} ${signed(intercept, 2).padStart(8)}  (${signed(low, 2)} to ${signed(high, 2)})  ${count(n, 'pupil')}`,
          ),
      ].join('\n'),
    )
  })

/** The trust’s own data at a drop. */
const scanOfDrop = (options: Options, drop: string) =>
  atWork(options, async (viewer, voice) => {
    const page = await lookPageNow(viewer, { drop })
    const { questions } = await questionsPage(viewer, { drop })
    voice.answer(
      {
        drop,
        snapshot: page.setting.snapshot,
        family: page.family,
        tested: page.tested,
        fdr: page.fdr,
        findings: page.findings.map((one) => ({
          measure: one.measure.id,
          place: {
            school: one.at.slug,
            ...(one.year ? { year: one.year } : {}),
            ...(one.class ? { class: one.class } : {}),
          },
          group: one.group,
          n: one.results,
          pupils: one.pupils,
          of: one.of,
          gap: one.gap,
          low: one.low,
          high: one.high,
          q: one.q,
          folded: one.folded,
          sentence: one.sentence,
        })),
        ordinary: page.ordinary,
        questions: questions.map(({ at, doubt, question, innocent, answer }) => ({
          kind: doubt.kind,
          place: { ...doubt.place, school: at.slug },
          value: doubt.value,
          of: doubt.of,
          usual: doubt.usual,
          chance: doubt.chance,
          question,
          innocent,
          ...(answer ? { answer: { kind: answer.kind, reason: answer.reason, by: answer.by } } : {}),
        })),
      },
      [
        `${count(page.tested, 'place and group', 'places and groups')} looked at, ${page.findings.length} stand out, ${page.ordinary} ordinary`,
        ...page.findings.map(({ sentence }, at) => `${String(at + 1).padStart(3)}. ${sentence}`),
        ...(questions.length > 0 ? ['Questions about the data:'] : []),
        ...questions.map(
          ({ question, answer }, at) =>
            `${String(at + 1).padStart(3)}. ${question}${answer ? ` (${answer.kind}: ${answer.reason})` : ''}`,
        ),
      ].join('\n'),
    )
  })

export function addStatisticsCommands(program: Command): void {
  withOptions(
    program
      .command('value-added')
      .description('how far groups are from what is expected of similar pupils, by a two-level model'),
    'value-added --drop 2026-spring --measure average-reading-scaled\n  npm run -s throughline -- value-added --csv exam.csv --outcome normexam --predictors standLRT --group school --slope standLRT',
  )
    .option('--drop <code>', 'of the trust’s own schools at this drop')
    .option('--measure <id>', 'with --drop: see `throughline measures`')
    .addOption(
      new Option('--by <groups>', 'with --drop: schools, or classes')
        .choices(['school', 'class'])
        .default('school'),
    )
    .option('--year <year>', 'with --drop: one year group; all when not said')
    .option('--csv <file>', 'or of any table with a heading; nothing of it is kept')
    .option('--outcome <column>', 'of the file')
    .option('--group <column>', 'of the file: schools, classes or departments')
    .option('--predictors <columns>', 'what is known of the pupils, with commas between')
    .option('--slope <column>', 'let the line of this column differ from group to group')
    .option('--nested <column>', 'groups within the groups, as classes of schools: a three-level model')
    .addOption(new Option('--method <method>').choices(['ml', 'reml']).default('reml'))
    .option('--categorical <columns>', 'columns that are categories')
    .option(
      '--baseline <pairs>',
      'column=level, with commas between; the first level in sorted order when not said',
    )
    .action(
      (
        options: Options & {
          drop?: string
          measure?: string
          by: 'school' | 'class'
          year?: string
          csv?: string
          outcome?: string
          group?: string
          predictors?: string
          slope?: string
          method: 'ml' | 'reml'
          nested?: string
          categorical?: string
          baseline?: string
        },
      ) => {
        const { csv, drop, measure, outcome, group } = options
        if ((drop === undefined) === (csv === undefined))
          throw new Refusal('Say whose value added: of a drop (--drop and --measure) or of a file (--csv).')
        if (drop !== undefined) {
          if (measure === undefined)
            throw new Refusal('Say which measure (--measure): see `throughline measures`.')
          const { by, year } = options
          return valueAddedOfDrop(options, { drop, measure, by, ...(year ? { year } : {}) })
        }
        if (outcome === undefined) throw new Refusal('Say which column is the outcome (--outcome).')
        if (group === undefined) throw new Refusal('Say which column holds the groups (--group).')
        const ask = {
          outcome,
          group,
          predictors: list(options.predictors),
          slope: options.slope,
          categorical: list(options.categorical),
          baseline: baselines(options.baseline),
          method: options.method,
        }
        const { nested } = options
        if (nested !== undefined) return threeLevels(csv!, { ...ask, nested }, options.json)
        return onFile(csv!, async (duck, file) => {
          const fit = await valueAddedOfFile(duck, file, ask)
          const { effects, ...rest } = fit
          voiceFor({ data: '', json: options.json }).answer(
            { ...rest, groups: effects.length, effects },
            [
              `${count(fit.n, 'row')} in ${count(effects.length, 'group')}${fit.dropped ? `, ${fit.dropped} left out for a missing value` : ''}; ${options.method.toUpperCase()}, −2 log-likelihood ${decimal(fit.minus2LogLik, 2)}`,
              ...fit.notes,
              '',
              ...fit.fixed.map(
                ({ name, estimate, se }) =>
                  `${name.padEnd(24)} ${decimal(estimate, 4).padStart(12)}  (standard error ${decimal(se, 4)})`,
              ),
              `${'variance between groups'.padEnd(24)} ${decimal(fit.variance.group.intercept, 4).padStart(12)}  (${Math.round(100 * fit.between)}% of what is left unexplained)`,
              `${'variance within'.padEnd(24)} ${decimal(fit.variance.residual, 4).padStart(12)}`,
              '',
              ...effects
                .toSorted((a, b) => b.intercept - a.intercept)
                .map(
                  (effect) =>
                    `${effect.group.padEnd(24)} ${signed(effect.intercept, 3).padStart(12)}  (${signed(effect.low, 3)} to ${signed(effect.high, 3)})  ${count(effect.n, 'row')}`,
                ),
            ].join('\n'),
          )
        })
      },
    )

  forFile(
    program.command('funnel').description('which units differ by more than chance, for their size'),
    'funnel --csv schools.csv --numerator met --denominator pupils --unit school --overdispersion additive',
  )
    .requiredOption('--numerator <column>')
    .requiredOption('--denominator <column>', 'pupils, or the number expected')
    .requiredOption('--unit <column>')
    .addOption(
      new Option('--overdispersion <kind>', 'widen the limits to the spread that most units show')
        .choices(['none', 'multiplicative', 'additive'])
        .default('none'),
    )
    .addOption(
      new Option('--kind <kind>', 'found from the numbers when not said').choices(['proportion', 'ratio']),
    )
    .addOption(
      new Option('--limits <limits>', 'of proportions: by the normal approximation, or exact')
        .choices(['normal', 'exact'])
        .default('normal'),
    )
    .action(
      (
        options: FileOptions & {
          numerator: string
          denominator: string
          unit: string
          overdispersion: 'none' | 'multiplicative' | 'additive'
          kind?: 'proportion' | 'ratio'
          limits: 'normal' | 'exact'
        },
      ) =>
        onFile(options.csv, async (duck, file) => {
          const found = await funnelOfFile(duck, file, options)
          const { points, ...rest } = found
          voiceFor({ data: '', json: options.json }).answer(
            { ...rest, units: points.length, points },
            [
              `${count(points.length, 'unit')}, target ${decimal(found.target, 4)}; ${found.outside95} outside the 95% limits, ${found.outside998} outside the 99.8% limits`,
              `over-dispersion: φ ${decimal(found.phi, 3)}, τ² ${decimal(found.tau2, 4)}; limits ${found.overdispersion === 'none' ? 'not widened for it' : `widened (${found.overdispersion})`}`,
              ...points
                .filter((point) => point.outside95)
                .toSorted((a, b) => Math.abs(b.z) - Math.abs(a.z))
                .map(
                  (point) =>
                    `${point.unit.padEnd(24)} ${decimal(point.value, 3).padStart(8)}  95% limits ${decimal(point.low95, 3)} to ${decimal(point.high95, 3)}, z ${signed(point.z, 1)}${point.outside998 ? ', outside 99.8%' : ''}`,
                ),
            ].join('\n'),
          )
        }),
    )

  withOptions(
    program
      .command('scan')
      .description(
        'where pupils do better or worse than similar pupils elsewhere, as far as chance can’t explain it',
      ),
    'scan --drop 2026-spring\n  npm run -s throughline -- scan --csv results.csv --outcome grade --predictors prior --place school,subject,year,class --groups pp,sex --pupil upn',
  )
    .option('--drop <code>', 'look through the trust’s own data at this drop')
    .option('--csv <file>', 'or through any table with a heading; nothing of it is kept')
    .option('--outcome <column>', 'of the file')
    .option('--predictors <columns>', 'numbers that say which pupils are similar')
    .option('--place <columns>', 'where, from the widest to the narrowest, with commas between')
    .option('--groups <columns>', 'who: looked at singly and in pairs')
    .option('--pupil <column>', 'whose result a row is, when pupils have several')
    .option('--fdr <rate>', 'of the findings, how many may be chance', '0.05')
    .action(
      (
        options: Options & {
          drop?: string
          csv?: string
          outcome?: string
          predictors?: string
          place?: string
          groups?: string
          pupil?: string
          fdr: string
        },
      ) => {
        if ((options.drop === undefined) === (options.csv === undefined))
          throw new Refusal('Say what to look through: a drop (--drop) or a file (--csv).')
        if (options.drop !== undefined) return scanOfDrop(options, options.drop)
        const { csv, outcome } = options
        if (outcome === undefined) throw new Refusal('Say which column is the outcome (--outcome).')
        return onFile(csv!, async (duck, file) => {
          const found = await scanOfFile(duck, file, {
            outcome,
            predictors: list(options.predictors),
            places: list(options.place),
            groups: list(options.groups),
            ...(options.pupil ? { pupil: options.pupil } : {}),
            fdr: Number(options.fdr),
          })
          voiceFor({ data: '', json: options.json }).answer(
            found,
            [
              `${count(found.tested, 'place and group', 'places and groups')} looked at, ${found.findings.length} stand out, ${found.ordinary} ordinary${found.dropped ? `; ${count(found.dropped, 'row')} left out for a missing value` : ''}`,
              ...found.findings.map(
                ({ sentence, q, folded }, at) =>
                  `${String(at + 1).padStart(3)}. ${sentence} (q ${q.toPrecision(2)}${folded ? `; explains ${folded} more` : ''})`,
              ),
            ].join('\n'),
          )
        })
      },
    )
}
