import { z } from 'zod'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, within, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'

import { canConfirm, canSign, canWriteEvaluation } from '../domain/can-confirm.ts'
import { type Framework, frameworkShape, gradeNamed, gradesOf } from '../domain/framework.ts'
import { type FrozenJudgement, type FrozenLine, partsOf, type SignedDocument } from '../domain/frozen.ts'
import { type AreaSeen, evaluationById } from '../queries/evaluation.ts'
import { commonFrameworkCodes, frameworkByCode } from '../queries/frameworks.ts'

/** A framework of the trust's own, or a new version of it. @throws Refusal when it is not in order */
export async function addFramework(viewer: Viewer, document: unknown): Promise<Framework> {
  enforce(canWriteEvaluation(viewer, null))
  const parsed = frameworkShape.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Refusal(
      `The framework is not in order: ${issue?.path.join('.') || 'it'} ${issue?.message ?? ''}.`,
    )
  }
  const framework = parsed.data
  if (commonFrameworkCodes.includes(framework.code))
    throw new Refusal(`${framework.code} is a framework that everybody has. Give yours another code.`)
  await write(viewer, async (tx) => {
    const used = await tx
      .selectFrom('improvement.evaluation')
      .where('trust_id', '=', viewer.trust)
      .where('framework', '=', framework.code)
      .select('evaluation_id')
      .executeTakeFirst()
    if (used)
      throw new Refusal('Schools judge by this framework already. Give the new version a code of its own.')
    const row = { document: JSON.stringify(framework), person_id: viewer.person || null }
    await tx
      .insertInto('improvement.framework')
      .values({ trust_id: viewer.trust, code: framework.code, ...row })
      .onConflict((on) => on.columns(['trust_id', 'code']).doUpdateSet(row))
      .execute()
    await record(viewer, tx, { subject: 'improvement.framework', id: framework.code, deed: 'added' })
  })
  return framework
}

/** Starts a self-evaluation by a framework, beside those by others. @throws Refusal, NotHere */
export async function startEvaluation(
  viewer: Viewer,
  { school, framework: code }: { readonly school: number | null; readonly framework: string },
): Promise<number> {
  enforce(canWriteEvaluation(viewer, school))
  const framework = await frameworkByCode(viewer, code)
  if ((framework.of === 'trust') !== (school === null))
    throw new Refusal(`${framework.name} is for a ${framework.of}.`)
  return write(viewer, async (tx) => {
    let known = tx
      .selectFrom('improvement.evaluation')
      .where('trust_id', '=', viewer.trust)
      .where('framework', '=', code)
    known = school === null ? known.where('school_id', 'is', null) : known.where('school_id', '=', school)
    if (await known.select('evaluation_id').executeTakeFirst())
      throw new Refusal(`There is a self-evaluation by ${framework.name} already.`)
    const { evaluation_id: id } = await tx
      .insertInto('improvement.evaluation')
      .values({
        trust_id: viewer.trust,
        school_id: school,
        framework: code,
        started_on: viewer.today,
        started_by: viewer.person || null,
      })
      .returning('evaluation_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, {
      subject: 'improvement.evaluation',
      id,
      deed: 'started',
      school,
      detail: { framework: code },
    })
    return id
  })
}

const words = z.string().max(20_000, 'That is longer than 20,000 characters.').default('')
const draftShape = z.object({
  grade: z.string().nullable().default(null),
  words,
  strengths: words,
  next: words,
})

export interface Where {
  readonly evaluation: number
  readonly area: string
}
export interface Draftable {
  readonly grade?: string | null
  readonly words?: string
  readonly strengths?: string
  readonly next?: string
  /** The revision that the writer began from; 0 when there was none. */
  readonly revision: number
}

/** An evaluation and area that the viewer writes to. @throws NotHere, Refusal */
export async function heldArea(viewer: Viewer, tx: Writing, where: Where) {
  const { framework: _, ...held } = await heldFramework(viewer, tx, where)
  return held
}

async function heldFramework(viewer: Viewer, tx: Writing, { evaluation, area }: Where) {
  const head = await tx
    .selectFrom('improvement.evaluation')
    .where('trust_id', '=', viewer.trust)
    .where('evaluation_id', '=', evaluation)
    .select(['school_id', 'framework'])
    .executeTakeFirst()
  if (!head) throw new NotHere('There is no such self-evaluation that you can see.')
  enforce(canWriteEvaluation(viewer, head.school_id))
  return {
    trust_id: viewer.trust,
    evaluation_id: evaluation,
    area,
    school_id: head.school_id,
    framework: head.framework,
  }
}

/**
 * Saves the working copy. When somebody saved after the writer began, nothing is overwritten: what was written is kept as a
 * second copy, for the writer to choose. @throws FormRefused, Refusal, NotHere
 */
export async function saveJudgement(
  viewer: Viewer,
  where: Where,
  { revision, ...input }: Draftable,
): Promise<{ readonly revision: number; readonly clash?: number }> {
  const said = shaped(draftShape, input)
  const { next, ...rest } = said
  const row = { ...rest, next_steps: next }
  return write(viewer, async (tx) => {
    const { framework: code, ...held } = await heldFramework(viewer, tx, where)
    mustFit(await frameworkByCode(within(viewer, tx), code), where.area, said.grade)
    const known = await tx
      .selectFrom('improvement.judgement')
      .where('trust_id', '=', viewer.trust)
      .where('evaluation_id', '=', where.evaluation)
      .where('area', '=', where.area)
      .select(['revision', 'grade', 'words', 'strengths', 'next_steps'])
      .executeTakeFirst()
    const stamp = { saved_at: viewer.house.clock.now(), saved_by: viewer.person || null }
    if (known && known.revision !== revision) {
      const nothingNew =
        known.words === row.words &&
        known.grade === row.grade &&
        known.strengths === row.strengths &&
        known.next_steps === row.next_steps
      if (nothingNew) return { revision: known.revision }
      const { clash_id } = await tx
        .insertInto('improvement.clash')
        .values({ ...held, ...row, person_id: viewer.person || null, at: stamp.saved_at, settled_at: null })
        .returning('clash_id')
        .executeTakeFirstOrThrow()
      await record(viewer, tx, {
        subject: 'improvement.judgement',
        id: `${where.evaluation}/${where.area}`,
        deed: 'written at once',
        school: held.school_id,
      })
      return { revision: known.revision, clash: clash_id }
    }
    const saved = (known?.revision ?? 0) + 1
    await tx
      .insertInto('improvement.judgement')
      .values({ ...held, ...row, revision: saved, ...stamp })
      .onConflict((on) =>
        on.columns(['trust_id', 'evaluation_id', 'area']).doUpdateSet({ ...row, revision: saved, ...stamp }),
      )
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.judgement',
      id: `${where.evaluation}/${where.area}`,
      deed: 'saved',
      school: held.school_id,
      detail: { revision: saved },
    })
    return { revision: saved }
  })
}

function mustFit(framework: Framework, code: string, grade: string | null): void {
  const area = framework.areas.find((one) => one.code === code)
  if (!area) throw new NotHere('The framework has no such area.')
  if (grade === null || gradeNamed(framework, area, grade)) return
  const names = gradesOf(framework, area).map((one) => one.name)
  throw new Refusal(`${framework.name} has no such grade for ${area.name}: ${names.join(', ')}.`)
}

const headOf = async (viewer: Viewer, { evaluation, area }: Where) => {
  const { school, framework, areas } = await evaluationById(viewer, evaluation, area)
  enforce(canWriteEvaluation(viewer, school))
  return { school, framework, seen: areas[0]! }
}

/** Of two copies that were written at once, takes this one or leaves it; the other is kept in the history. @throws NotHere, Refusal */
export const settleClash = (viewer: Viewer, where: Where, clash: number, take: boolean): Promise<void> =>
  write(viewer, async (tx) => {
    const held = await heldArea(viewer, tx, where)
    const mine = await tx
      .selectFrom('improvement.clash')
      .where('trust_id', '=', viewer.trust)
      .where('clash_id', '=', clash)
      .where('evaluation_id', '=', where.evaluation)
      .where('area', '=', where.area)
      .where('settled_at', 'is', null)
      .selectAll()
      .executeTakeFirst()
    if (!mine) throw new NotHere('That copy was decided about already.')
    const now = viewer.house.clock.now()
    const before = await tx
      .selectFrom('improvement.judgement')
      .where('trust_id', '=', viewer.trust)
      .where('evaluation_id', '=', where.evaluation)
      .where('area', '=', where.area)
      .select(['grade', 'words', 'strengths', 'next_steps', 'revision'])
      .executeTakeFirstOrThrow()
    if (take)
      await tx
        .updateTable('improvement.judgement')
        .set({
          grade: mine.grade,
          words: mine.words,
          strengths: mine.strengths,
          next_steps: mine.next_steps,
          revision: before.revision + 1,
          saved_at: now,
          saved_by: viewer.person || null,
        })
        .where('trust_id', '=', viewer.trust)
        .where('evaluation_id', '=', where.evaluation)
        .where('area', '=', where.area)
        .execute()
    await tx
      .updateTable('improvement.clash')
      .set({ settled_at: now })
      .where('trust_id', '=', viewer.trust)
      .where('clash_id', '=', clash)
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.judgement',
      id: `${where.evaluation}/${where.area}`,
      deed: take ? 'took the second copy' : 'kept the first copy',
      school: held.school_id,
      detail: take ? { before } : { left: { words: mine.words, grade: mine.grade } },
    })
  })

/** The area as it will be read for ever. */
function frozen(viewer: Viewer, framework: Framework, { area, draft, citations }: AreaSeen): FrozenJudgement {
  const grades = gradesOf(framework, area)
  const grade = grades.find((one) => one.code === draft!.grade)!
  return {
    framework: framework.code,
    area: area.code,
    areaName: area.name,
    grade: grade.code,
    gradeName: grade.name,
    place: grades.indexOf(grade) + 1,
    ofPlaces: grades.length,
    paragraphs: partsOf(draft!.words),
    strengths: draft!.strengths,
    next: draft!.next,
    lines: citations.map(
      ({ line, words, link, objective, figure, kept }): FrozenLine => ({
        line,
        name: figure?.name ?? objective?.title ?? words,
        value: figure?.cited?.value ?? '',
        of: figure?.cited?.of ?? '',
        interval: figure?.cited?.interval ?? '',
        period: figure?.cited?.when ?? '',
        snapshot: figure?.cited?.snapshot ?? null,
        href: figure?.cited?.href ?? (objective ? `/improvement/objectives/${objective.id}` : link),
        stem: figure?.stem ?? '',
        objective: objective?.id ?? null,
        standing: figure?.standing ?? null,
        kept: kept ?? '',
      }),
    ),
    by: viewer.name,
    on: viewer.today,
  }
}

export const confirmVerdict = ({ draft, citations, clashes }: AreaSeen) =>
  canConfirm({
    grade: draft?.grade ?? null,
    words: draft?.words ?? '',
    also: `${draft?.strengths ?? ''}\n\n${draft?.next ?? ''}`,
    lines: citations.map((one) => ({
      line: one.line,
      moved: one.undecided,
      gone: one.figure?.gone ?? false,
    })),
    clashes: clashes.length,
  })

/** Confirms an area: its words and figures are frozen with name and day; the working copy goes on. @throws Refusal, NotHere */
export async function confirmJudgement(viewer: Viewer, where: Where): Promise<void> {
  const { school, framework, seen } = await headOf(viewer, where)
  enforce(confirmVerdict(seen))
  const document = frozen(viewer, framework, seen)
  await write(viewer, async (tx) => {
    const held = await heldArea(viewer, tx, where)
    const now = await tx
      .selectFrom('improvement.judgement')
      .where('trust_id', '=', viewer.trust)
      .where('evaluation_id', '=', where.evaluation)
      .where('area', '=', where.area)
      .select('revision')
      .executeTakeFirst()
    if (now?.revision !== seen.draft?.revision)
      throw new Refusal('Somebody saved it while you confirmed. Read it again, then confirm.')
    await tx
      .insertInto('improvement.confirmed')
      .values({
        ...held,
        grade: document.grade,
        revision: seen.draft!.revision,
        on_day: viewer.today,
        person_id: viewer.person || null,
        document: JSON.stringify(document),
      })
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.judgement',
      id: `${where.evaluation}/${where.area}`,
      deed: 'confirmed',
      school,
      detail: { grade: document.grade },
    })
  })
}

export const signVerdict = (areas: readonly AreaSeen[]) =>
  canSign(
    areas.map(({ area, draft, confirmed }) => ({
      name: area.name,
      confirmed: confirmed.length > 0,
      changedSince:
        draft !== undefined && confirmed[0] !== undefined && draft.revision !== confirmed[0].revision,
    })),
  )

/** Signs the whole evaluation: a copy of all its confirmed areas, for ever. @throws Refusal, NotHere */
export async function signEvaluation(viewer: Viewer, evaluation: number): Promise<void> {
  const { school, framework, areas } = await evaluationById(viewer, evaluation)
  enforce(canWriteEvaluation(viewer, school))
  enforce(signVerdict(areas))
  const document: SignedDocument = {
    framework: framework.code,
    frameworkName: framework.name,
    judgements: areas.map((area) => area.confirmed[0]!.document),
    by: viewer.name,
    on: viewer.today,
  }
  await write(viewer, async (tx) => {
    const { area: _, ...held } = await heldArea(viewer, tx, { evaluation, area: '' })
    await tx
      .insertInto('improvement.signed_evaluation')
      .values({
        ...held,
        on_day: viewer.today,
        person_id: viewer.person || null,
        document: JSON.stringify(document),
      })
      .execute()
    await record(viewer, tx, { subject: 'improvement.evaluation', id: evaluation, deed: 'signed', school })
  })
}
