import { z } from 'zod'
import { type Day, isDay } from '../../../kernel/days.ts'

const word = z.string().trim().min(1).max(1000)
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'is not made of small letters, digits and hyphens')
const phase = z.enum(['primary', 'secondary', 'special', 'all-through'])

/** A framework as data: its scales from best to worst, and its areas with what each asks. */
export const frameworkShape = z
  .object({
    code,
    name: word,
    of: z.enum(['school', 'trust']),
    from: z.string().refine(isDay, 'is no day'),
    to: z.string().refine(isDay, 'is no day').optional(),
    source: word,
    link: z
      .string()
      .regex(/^https:\/\//)
      .optional(),
    note: z.string().max(1000).default(''),
    phases: z.array(phase).optional(),
    scales: z.record(
      code,
      z.array(z.object({ code, name: word, says: z.string().max(300).default('') })).min(2),
    ),
    areas: z
      .array(z.object({ code, name: word, scale: code, asks: word, phases: z.array(phase).optional() }))
      .min(1)
      .max(40),
  })
  .refine(({ scales, areas }) => areas.every((area) => scales[area.scale] !== undefined), {
    message: 'names a scale that it does not have',
    path: ['areas'],
  })

export type Framework = z.output<typeof frameworkShape>
export type Area = Framework['areas'][number]
export type Grade = Framework['scales'][string][number]

export const gradesOf = (framework: Framework, area: Pick<Area, 'scale'>): readonly Grade[] =>
  framework.scales[area.scale] ?? []

export const gradeNamed = (
  framework: Framework,
  area: Pick<Area, 'scale'>,
  grade: string | null,
): Grade | undefined => gradesOf(framework, area).find((one) => one.code === grade)

/** The areas that a school of this phase is judged on; all for a trust. */
export const areasFor = (framework: Framework, phase: string | undefined): readonly Area[] =>
  framework.areas.filter(
    (area) => phase === undefined || !area.phases || (area.phases as string[]).includes(phase),
  )

export const inForceOn = (framework: Pick<Framework, 'from' | 'to'>, day: Day): boolean =>
  framework.from <= day && (framework.to === undefined || day <= framework.to)
