import { z } from 'zod'
import { isDay } from '../../../kernel/days.ts'

const needed = (what: string, most = 300) =>
  z.string().trim().min(1, `Say ${what}.`).max(most, `Say ${what} in at most ${most} characters.`)
const optional = z.string().trim().max(4000, 'That is longer than 4,000 characters.').default('')
const day = (what: string) =>
  z.string({ error: `Enter ${what}.` }).refine(isDay, `Enter ${what}, such as 31 3 2027.`)
const someone = z.coerce.number({ error: 'Choose a person.' }).int().positive().nullable().default(null)
const lines = z.array(z.string().trim().min(1).max(300)).max(20, 'That is more than twenty.').default([])

export const originShape = z
  .object({
    kind: z.enum(['figure', 'judgement', 'finding']),
    text: z.string().max(500),
    // A page of this house and nothing else.
    href: z
      .string()
      .max(500)
      .regex(/^\/(?!\/)[\w/.~?=&%#-]*$/, 'That is not a page of this site.'),
    about: z.string().max(400).default(''),
    snapshot: z.number().int().positive().nullable().default(null),
  })
  .nullable()
  .default(null)

export const objectiveShape = z.object({
  title: needed('the objective in one line', 200),
  why: optional,
  forWhom: optional,
  by: day('the day by which it should be reached'),
  owner: someone,
  priority: z.coerce.number().int().positive().nullable().default(null),
  ingredients: lines,
  origin: originShape,
})

export const criterionShape = z.object({
  words: optional,
  measure: z.string().max(100).nullable().default(null),
  school: z.coerce.number().int().positive().nullable().default(null),
  year: z.string().max(3).default('all'),
  group: z.string().max(40).default('all'),
  target: z.coerce
    .number({ error: 'Enter the target as a number.' })
    .finite('Enter the target as a number.')
    .nullable()
    .default(null),
  by: day('the day by which it should be so'),
})

export const actionShape = z
  .object({
    title: needed('what will be done'),
    owner: someone,
    starts: day('the day on which it starts'),
    due: day('the day by which it is due'),
    cost: z.coerce
      .number({ error: 'Enter the cost in whole pounds.' })
      .int('Enter the cost in whole pounds.')
      .min(0, 'A cost can’t be less than nothing.')
      .max(10_000_000, 'That is more than £10 million.')
      .default(0),
    days: z.coerce
      .number({ error: 'Enter days as a number, such as 2.5.' })
      .min(0, 'Days can’t be less than none.')
      .max(5_000, 'That is more than 5,000 days.')
      .default(0),
    origin: originShape,
  })
  .refine(({ starts, due }) => due >= starts, { path: ['due'], message: 'It is due before it starts.' })

export const progressShape = z.object({
  term: z.coerce.number().int().min(1).max(3) as z.ZodType<1 | 2 | 3>,
  state: z.enum(['not started', 'in progress', 'not met', 'partly met', 'met'], {
    error: 'Say how it goes.',
  }),
  words: optional,
})

export const riskShape = z.object({
  words: needed('what could go wrong'),
  answer: optional,
  likely: z.enum(['unlikely', 'possible', 'likely'], { error: 'Say how likely it is.' }),
})

export const decisionShape = z.object({
  verdict: z.enum(['go on', 'change', 'stop'], { error: 'Choose: go on, change it, or stop.' }),
  words: needed('why', 2000),
})

export const noteShape = z.object({
  words: needed('what the evidence is', 1000),
  link: z
    .string()
    .trim()
    .max(500)
    .refine(
      (link) => link === '' || /^(https:\/\/|\/(?!\/))[^\s"<>]+$/.test(link),
      'A link begins with https://',
    )
    .default(''),
})

export const tierShape = z.object({
  tier: z.enum(['universal', 'targeted', 'intensive'], { error: 'Choose a tier.' }),
  reason: needed('why', 2000),
  wouldChange: needed('what would change it', 2000),
})
