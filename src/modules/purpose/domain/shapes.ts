import { z } from 'zod'
import { isDay } from '../../../kernel/days.ts'

const words = (what: string, most = 4000) =>
  z
    .string()
    .trim()
    .min(1, `Say ${what}.`)
    .max(most, `That is longer than ${most.toLocaleString('en-GB')} characters. Say it more shortly.`)
const optional = (most = 4000) => z.string().trim().max(most, 'That is too long.').default('')
const day = (what: string) => z.string().refine(isDay, `Enter ${what}, such as 31 8 2027.`)
const whole = (what: string) =>
  z.coerce
    .number({ error: `Choose ${what}.` })
    .int()
    .positive(`Choose ${what}.`)

export const statementShape = z.object({
  kind: z.enum(['mission', 'vision', 'value', 'ethos']),
  title: optional(120),
  words: words('it in a sentence or two'),
  practice: optional(),
})

export const aimShape = z.object({
  title: words('the aim in one line', 200),
  why: optional(),
  areas: z
    .array(z.string().trim().min(1).max(120))
    .max(12, 'An aim has at most twelve key areas.')
    .default([]),
})

export const priorityShape = z.object({
  aim: whole('the aim that it serves'),
  title: words('the priority in one line', 200),
  why: optional(),
  owner: whole('who owns it').nullable().default(null),
  by: day('the day by which it should be reached'),
})

export const successShape = z.object({
  priority: whole('a priority'),
  measure: words('which figure', 100),
  school: whole('a school').nullable().default(null),
  year: words('which year group', 3),
  group: words('which pupils', 40),
  target: z.coerce.number({ error: 'Enter the target as a number.' }).finite('Enter the target as a number.'),
  by: day('the day by which the target should be met'),
})

export const policyShape = z.object({
  title: words('which policy', 120),
  model: z.enum(['standardised', 'aligned', 'own'], { error: 'Choose how alike schools are in it.' }),
  decides: words('who decides', 120),
  words: optional(),
})

export const stanceShape = z
  .object({
    stance: z.enum(['adopt', 'adapt', 'not now'], { error: 'Choose adopt, adapt or not now.' }),
    words: optional(),
  })
  .refine(({ stance, words: said }) => stance === 'adopt' || said !== '', {
    path: ['words'],
    message: 'Say how your school adapts it, or why not now.',
  })
