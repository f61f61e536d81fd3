import { z } from 'zod'
import { academicYearOf } from '../../../../kernel/academic-year.ts'
import { type Day, dayName, isDay } from '../../../../kernel/days.ts'
import { yearGroups } from '../../../../kernel/year-group.ts'

const day = (missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .refine(isDay, { error: ({ input }) => `${input} is not a day on the calendar.` })

const sentence = (missing: string) =>
  z.string(missing).trim().min(10, missing).max(300, 'Keep it to one sentence of 300 characters.')

/** What a drop must say before it opens. */
export const openDropShape = z
  .object({
    name: z
      .string('Give the drop a name.')
      .trim()
      .min(1, 'Give the drop a name.')
      .max(40, 'Keep the name under 40 characters.'),
    /** Made from the name and the year when it is not given. */
    code: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9-]*$/,
        'A drop’s code has small letters, figures and hyphens only: 2026-spring.',
      )
      .optional(),
    term: z.coerce
      .number('Choose its place in the year.')
      .int()
      .min(1, 'Choose its place in the year.')
      .max(9),
    kind: z.enum(['termly', 'statutory']).optional(),
    academicYear: z.number().int().optional(),
    purpose: sentence('Say in one sentence what the drop is for.'),
    decides: sentence('Say what will be decided from it.'),
    minutes: z.coerce
      .number('Give the minutes as a whole number.')
      .int('Give the minutes as a whole number.')
      .min(0, 'The minutes can’t be less than 0.')
      .max(2400, 'That is more than a working week.'),
    opens: day('Say on which day it opens.'),
    due: day('Say by when files are due.'),
    asAt: day('Say on which day pupils are counted.'),
    asked: z
      .array(
        z.object({
          assessment: z.string(),
          yearGroups: z
            .array(z.enum(yearGroups, 'Choose year groups from the list.'))
            .min(1, 'Choose a year group for each assessment.'),
        }),
      )
      .min(1, 'Choose at least one assessment and its year groups.'),
    schools: z.array(
      z.object({
        school: z.number().int(),
        /** The person who is asked; the school's data manager when not given, nobody when null. */
        person: z.number().int().nullable().optional(),
        /** The drop's own day when not given. */
        due: z
          .string()
          .refine(isDay, { error: ({ input }) => `${input} is not a day on the calendar.` })
          .optional(),
      }),
    ),
  })
  .refine((drop) => drop.due >= drop.opens, {
    path: ['due'],
    error: 'Files can’t be due before the drop opens.',
  })
  .refine(
    (drop) => drop.academicYear !== undefined || academicYearOf(drop.asAt) === academicYearOf(drop.opens),
    {
      path: ['asAt'],
      error: 'The day on which pupils are counted must be in the same school year as the day the drop opens.',
    },
  )
  .superRefine((drop, context) => {
    for (const one of drop.schools)
      if (one.due && one.due < drop.opens)
        context.addIssue({
          code: 'custom',
          path: ['schools'],
          message: `A school’s file can’t be due on ${dayName(one.due)}, before the drop opens.`,
        })
  })

export type NewDrop = z.input<typeof openDropShape>

/** `2026-spring`: the calendar year of the day it counts pupils, and its name. */
export const dropCode = (name: string, asAt: Day): string =>
  `${asAt.slice(0, 4)}-${name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`
