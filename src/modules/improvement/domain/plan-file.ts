import { z } from 'zod'
import { isDay } from '../../../kernel/days.ts'
import { originShape } from './plan-shapes.ts'

const day = z.string().refine(isDay, 'holds something that is no day')
const words = z.string().max(8000)
const person = z.email().nullable()

const figure = z.object({
  measure: z.string().max(100),
  school: z.string().max(20).nullable(),
  year: z.string().max(3),
  group: z.string().max(40),
  target: z.number(),
})
const key = z.object({
  measure: z.string().max(100),
  place: z.string().max(100),
  year: z.string().max(3),
  group: z.string().max(40),
  period: z.string().max(40),
  snapshot: z.number().int().positive(),
})

/** A plan as a file: schools by URN, people by e-mail address, priorities by their title. Nothing of it is left out. */
export const planFile = z.object({
  throughline: z.literal('plan'),
  version: z.literal(1),
  school: z.string().max(20).nullable(),
  academicYear: z.number().int().min(2000).max(2100),
  title: words.min(1),
  objectives: z
    .array(
      z.object({
        title: words.min(1),
        why: words,
        forWhom: words,
        by: day,
        owner: person,
        priority: words.nullable(),
        stage: z.enum(['explore', 'prepare', 'deliver', 'sustain']),
        ingredients: z.array(words),
        origin: originShape,
        sharedOn: day.nullable(),
        criteria: z.array(z.object({ words, figure: figure.nullable(), by: day, metOn: day.nullable() })),
        actions: z.array(
          z.object({
            title: words.min(1),
            owner: person,
            starts: day,
            due: day,
            cost: z.number().int().min(0).max(10_000_000),
            days: z.number().min(0).max(5000),
            doneOn: day.nullable(),
            origin: originShape,
          }),
        ),
        progress: z.array(
          z.object({
            term: z.number().int().min(1).max(3),
            state: z.enum(['not started', 'in progress', 'not met', 'partly met', 'met']),
            words,
            on: day,
            by: person,
          }),
        ),
        evidence: z.array(z.object({ words, link: words, figure: key.nullable(), on: day })),
        risks: z.array(
          z.object({ words, answer: words, likely: z.enum(['unlikely', 'possible', 'likely']) }),
        ),
        decisions: z.array(
          z.object({
            stage: z.enum(['explore', 'prepare', 'deliver', 'sustain']),
            verdict: z.enum(['go on', 'change', 'stop']),
            words,
            on: day,
            by: person,
          }),
        ),
      }),
    )
    .max(200, 'holds more than 200 objectives'),
})

export type PlanFile = z.output<typeof planFile>
