import { z } from 'zod'
import { isDay } from '../../../kernel/days.ts'

const words = z.string().max(20_000)
const code = z.string().max(41)
const person = z.email().nullable()
const day = z.string().refine(isDay, 'holds something that is no day')

const part = z.union([
  z.object({ text: words }),
  z.object({ line: z.number().int().positive(), shown: z.enum(['value', 'of']) }),
])
const frozen = z.object({
  framework: code,
  area: code,
  areaName: words,
  grade: code,
  gradeName: words,
  place: z.number().int().positive(),
  ofPlaces: z.number().int().positive(),
  paragraphs: z.array(z.array(part)),
  strengths: words,
  next: words,
  lines: z.array(
    z.object({
      line: z.number().int().positive(),
      name: words,
      value: words,
      of: words,
      interval: words,
      period: words,
      snapshot: z.number().int().positive().nullable(),
      // A page of this house, or a document on the web.
      href: z
        .string()
        .max(500)
        .regex(/^$|^(https:\/\/|\/(?!\/))[^\s"<>]*$/, 'is no link'),
      stem: words,
      objective: z.number().int().positive().nullable(),
      standing: z.enum(['below', 'better', 'expected']).nullable(),
      kept: words,
    }),
  ),
  by: words,
  on: day,
})

/** A self-evaluation as a file: working copies, evidence, everything confirmed and signed. Schools by URN, people by e-mail. */
export const evaluationFile = z.object({
  throughline: z.literal('evaluation'),
  version: z.literal(1),
  school: z.string().max(20).nullable(),
  framework: code,
  startedOn: day,
  areas: z.array(
    z.object({
      area: code,
      draft: z
        .object({ grade: code.nullable(), words, strengths: words, next: words, by: person })
        .nullable(),
      citations: z
        .array(
          z.object({
            line: z.number().int().positive(),
            words,
            link: z
              .string()
              .max(500)
              .regex(/^$|^(https:\/\/|\/(?!\/))[^\s"<>]*$/, 'is no link'),
            objective: words.nullable(),
            figure: z
              .object({
                measure: z.string().max(100),
                school: z.string().max(20).nullable(),
                year: z.string().max(3),
                group: z.string().max(40),
                period: z.string().max(40),
                snapshot: z.number().int().positive(),
              })
              .nullable(),
          }),
        )
        .max(60),
      confirmed: z.array(frozen),
    }),
  ),
  signed: z.array(
    z.object({ framework: code, frameworkName: words, judgements: z.array(frozen), by: words, on: day }),
  ),
})

export type EvaluationFile = z.output<typeof evaluationFile>
