import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { academicYearOf, academicYearStart } from '../../kernel/academic-year.ts'
import { isDay } from '../../kernel/days.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { inviteUser } from '../../modules/access/index.ts'
import { addAssessment, addScale } from '../../modules/evidence/index.ts'
import { addSchool, addTrust, type NewSchool, slugOf } from '../../modules/organisation/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { silentLog } from '../../platform/log.ts'
import { openHouse } from '../../platform/open-house.ts'
import { atWork, configFor, fromHere, type Options, voiceFor, withOptions } from './at-work.ts'

const schoolRow = z.object({
  urn: z.string(),
  name: z.string(),
  phase: z.enum(['primary', 'secondary', 'special', 'all-through']),
  laestab: z.string().optional(),
  short_name: z.string().optional(),
  code: z.string().optional(),
  admits: z.enum(['mixed', 'girls', 'boys']).optional(),
  cluster: z.string().optional(),
  joined: z.string().refine(isDay, 'a day is written yyyy-mm-dd').optional(),
})

/** Schools from a CSV with the headings urn, name, phase and, if known, laestab, short_name, code, admits, cluster, joined. */
function schoolsIn(file: string): NewSchool[] {
  const rows = parse(readFileSync(fromHere(file)), {
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
  }) as Record<string, string>[]
  return rows.map((row, index) => {
    const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''))
    const read = schoolRow.safeParse(filled)
    if (!read.success) {
      const issue = read.error.issues[0]!
      throw new Refusal(`Row ${index + 2} of ${file}, column ${issue.path.join('.')}: ${issue.message}.`)
    }
    const { short_name, code, joined, ...rest } = read.data
    return { ...rest, shortName: short_name, localCode: code, ...(joined ? { from: joined } : {}) }
  })
}

const number = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) throw new Refusal(`“${text}” is not a number.`)
  return value
}

export function addSettingUpCommands(program: Command): void {
  withOptions(
    program.command('migrate').description('bring the record up to date with this version'),
    'migrate',
  ).action(async (options: Options) => {
    const house = await openHouse(configFor(options), { clock: systemClock, log: silentLog })
    const rows = (await house.database.executeSql('select name from platform.migration order by name'))
      .rows as { name: string }[]
    await house.close()
    const names = rows.map(({ name }) => name)
    voiceFor(options).answer(
      { migrations: names },
      `The record is up to date: ${names.length} migrations, the last ${names.at(-1)}.`,
    )
  })

  const trust = program.command('trust').description('set up a trust')
  withOptions(
    trust
      .command('add')
      .argument('<slug>', 'its short address, such as tidewell')
      .argument('<name>', 'its name'),
    "trust add tidewell 'Tidewell Learning Trust'",
  )
    .description('a new trust in this data folder')
    .option('--vision <sentence>', 'what the trust stands for')
    .action(async (slug: string, name: string, options: Options & { vision?: string }) => {
      const house = await openHouse(configFor(options), { clock: systemClock, log: silentLog })
      try {
        const id = await addTrust(house, { slug, name, vision: options.vision })
        voiceFor(options).answer(
          { trust: id, slug, name },
          `${name} is set up. Add its schools next: throughline school add schools.csv`,
        )
      } finally {
        await house.close()
      }
    })

  const school = program.command('school').description('the schools of the trust')
  withOptions(
    school
      .command('add')
      .argument(
        '<file>',
        'CSV with urn, name, phase (and laestab, short_name, code, admits, cluster, joined)',
      ),
    'school add schools.csv',
  )
    .description('add schools from a file')
    .action((file: string, options: Options) =>
      atWork(options, async (viewer, voice) => {
        const schools = schoolsIn(file)
        for (const [index, one] of schools.entries()) {
          await addSchool(viewer, one)
          voice.progress(`${index + 1} of ${schools.length} schools`)
        }
        voice.answer({ schools: schools.length }, `${schools.length} schools added.`)
      }),
    )

  const assessment = program.command('assessment').description('what pupils are assessed in')
  withOptions(
    assessment.command('add').argument('<code>', 'its code, as in files: standLRT'),
    'assessment add standLRT --name "London reading test" --subject Reading --low -4 --high 4',
  )
    .description('add an assessment, on a scale that is there or on one of numbers')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--subject <subject>', 'the subject it is in')
    .option('--scale <code>', 'a scale that is there; or give the two ends of a scale of numbers')
    .option('--low <number>', 'the least a result can be', number)
    .option('--high <number>', 'the most', number)
    .option('--expected <number>', 'from which a result is at the expected standard', number)
    .option('--unit <unit>', 'what it is counted in', 'points')
    .action(
      (
        code: string,
        options: Options & {
          name: string
          subject: string
          scale?: string
          low?: number
          high?: number
          expected?: number
          unit: string
        },
      ) =>
        atWork(options, async (viewer, voice) => {
          if (!options.scale && (options.low === undefined || options.high === undefined))
            throw new Refusal(
              'Say on which scale it is marked: --scale, or the two ends with --low and --high.',
            )
          const scale = options.scale ?? `${code}-scale`
          if (!options.scale)
            await addScale(viewer, {
              code: scale,
              from: academicYearStart(academicYearOf(viewer.today)),
              name: options.name,
              kind: 'number',
              low: options.low,
              high: options.high,
              expected: options.expected,
              unit: options.unit,
            })
          const id = await addAssessment(viewer, {
            code,
            name: options.name,
            subject: slugOf(options.subject),
            subjectName: options.subject,
            scale,
          })
          voice.answer({ assessment: id, code }, `${options.name} (${code}) can be asked for in a drop.`)
        }),
    )

  const user = program.command('user').description('people and their roles')
  withOptions(
    user.command('invite').argument('<email>'),
    'user invite ruth@example.org --name "Ruth Kemp" --role headteacher --school 199001',
  )
    .description('invite someone by e-mail and give them a role')
    .requiredOption('--name <name>')
    .requiredOption('--role <role>', 'such as data-lead, headteacher, class-teacher, trustee')
    .option('--school <urn>', 'where the role is held; the whole trust when not said')
    .option('--title <title>', 'their post, as shown beside the name')
    .action(
      (email: string, options: Options & { name: string; role: string; school?: string; title?: string }) =>
        atWork(options, async (viewer, voice) => {
          const invited = await inviteUser(viewer, {
            email,
            name: options.name,
            role: options.role,
            urn: options.school,
            title: options.title,
          })
          voice.answer(invited, `${options.name} is invited: an e-mail to ${email} holds the link.`)
        }),
    )
}
