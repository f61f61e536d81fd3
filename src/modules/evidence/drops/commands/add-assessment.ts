import { z } from 'zod'
import { enforce, Refusal } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import { record, write } from '../../../../platform/database/door.ts'
import { shaped } from '../../../../platform/shaped.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { canOpen } from '../domain/can.ts'

const gradeShape = z.object({
  code: z.string().min(1, 'A grade needs a code.'),
  name: z.string().optional(),
  points: z.number().nullable().optional(),
  status: z.enum(['result', 'absent', 'not taken', 'below test', 'left']).optional(),
  expected: z.boolean().optional(),
  higher: z.boolean().optional(),
})

const scaleShape = z
  .object({
    code: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'A scale’s code has letters, figures and hyphens only.'),
    name: z.string().trim().min(1, 'Give the scale a name.'),
    kind: z.enum(['number', 'grade']),
    low: z.number().nullable().optional(),
    high: z.number().nullable().optional(),
    step: z.number().positive().nullable().optional(),
    expected: z.number().nullable().optional(),
    higher: z.number().nullable().optional(),
    unit: z.string().optional(),
    from: z.iso.date('A scale is in force from a day, yyyy-mm-dd.'),
    to: z.iso.date().nullable().optional(),
    grades: z.array(gradeShape).optional(),
  })
  .refine(
    (scale) => scale.kind === 'grade' || scale.low == null || scale.high == null || scale.low < scale.high,
    {
      path: ['high'],
      error: 'The scale’s highest value must be above its lowest.',
    },
  )
  .refine((scale) => scale.kind === 'number' || (scale.grades?.length ?? 0) > 0, {
    path: ['grades'],
    error: 'A scale of grades needs its grades, from the lowest to the highest.',
  })

export type NewScale = z.input<typeof scaleShape>

/** Adds a scale, grades from the lowest to the highest. A code is free to be used again from another day. @throws Refusal */
export async function addScale(viewer: Viewer, input: NewScale): Promise<number> {
  const scale = shaped(scaleShape, input)
  enforce(canOpen({ may: may(viewer, 'open drop') }))
  return write(viewer, async (tx) => {
    const known = await tx
      .selectFrom('evidence.scale')
      .where('trust_id', '=', viewer.trust)
      .where('code', '=', scale.code)
      .where('from_day', '=', scale.from)
      .select('scale_id')
      .executeTakeFirst()
    if (known) throw new Refusal(`There is a scale ${scale.code} from ${scale.from} already.`)
    const { scale_id } = await tx
      .insertInto('evidence.scale')
      .values({
        trust_id: viewer.trust,
        code: scale.code,
        name: scale.name,
        kind: scale.kind,
        low: scale.low ?? null,
        high: scale.high ?? null,
        step: scale.step ?? null,
        expected: scale.expected ?? null,
        higher: scale.higher ?? null,
        unit: scale.unit ?? 'points',
        from_day: scale.from,
        to_day: scale.to ?? null,
      })
      .returning('scale_id')
      .executeTakeFirstOrThrow()
    if (scale.grades?.length)
      await tx
        .insertInto('evidence.scale_grade')
        .values(
          scale.grades.map((grade, place) => ({
            trust_id: viewer.trust,
            scale_id,
            code: grade.code,
            name: grade.name ?? grade.code,
            points: grade.points ?? null,
            place,
            status: grade.status ?? 'result',
            expected: grade.expected ?? false,
            higher: grade.higher ?? false,
          })),
        )
        .execute()
    await record(viewer, tx, {
      subject: 'evidence.scale',
      id: scale_id,
      deed: 'added',
      detail: { code: scale.code },
    })
    return scale_id
  })
}

const assessmentShape = z.object({
  code: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'An assessment’s code has letters, figures and hyphens only.'),
  name: z.string().trim().min(1, 'Give the assessment a name.'),
  /** Code of the subject, which is made when the trust has none of that code. */
  subject: z.string().min(1, 'Say which subject it is of.'),
  subjectName: z.string().optional(),
  /** Code of the scale; the one last in force when there are several. */
  scale: z.string().min(1, 'Say on which scale it is marked.'),
  kind: z.enum(['termly', 'statutory']).optional(),
})

export type NewAssessment = z.input<typeof assessmentShape>

/** Adds an assessment of a subject on a scale. @throws Refusal */
export async function addAssessment(viewer: Viewer, input: NewAssessment): Promise<number> {
  const assessment = shaped(assessmentShape, input)
  enforce(canOpen({ may: may(viewer, 'open drop') }))
  return write(viewer, async (tx) => {
    const scale = await tx
      .selectFrom('evidence.scale')
      .where('trust_id', '=', viewer.trust)
      .where('code', '=', assessment.scale)
      .orderBy('from_day', 'desc')
      .select('scale_id')
      .executeTakeFirst()
    if (!scale) throw new Refusal(`There is no scale ${assessment.scale}.`)
    const known = await tx
      .selectFrom('evidence.assessment')
      .where('trust_id', '=', viewer.trust)
      .where('code', '=', assessment.code)
      .select('assessment_id')
      .executeTakeFirst()
    if (known) throw new Refusal(`There is an assessment ${assessment.code} already.`)
    const subject =
      (await tx
        .selectFrom('organisation.subject')
        .where('trust_id', '=', viewer.trust)
        .where('code', '=', assessment.subject)
        .select('subject_id')
        .executeTakeFirst()) ??
      (await tx
        .insertInto('organisation.subject')
        .values({
          trust_id: viewer.trust,
          code: assessment.subject,
          name: assessment.subjectName ?? assessment.subject,
        })
        .returning('subject_id')
        .executeTakeFirstOrThrow())
    const { assessment_id } = await tx
      .insertInto('evidence.assessment')
      .values({
        trust_id: viewer.trust,
        code: assessment.code,
        name: assessment.name,
        subject_id: subject.subject_id,
        scale_id: scale.scale_id,
        kind: assessment.kind ?? 'termly',
      })
      .returning('assessment_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, {
      subject: 'evidence.assessment',
      id: assessment_id,
      deed: 'added',
      detail: { code: assessment.code },
    })
    return assessment_id
  })
}
