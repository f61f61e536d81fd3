import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { figures } from '../../measures/index.ts'
import { noteShape } from '../domain/plan-shapes.ts'
import { type CitedKey, citedFigure } from '../queries/cited-figure.ts'
import { objectiveById } from '../queries/plan.ts'
import { heldArea, type Where } from './evaluations.ts'

const noFigure = {
  measure: null,
  of_school: null,
  year_group: null,
  pupil_group: null,
  period: null,
  snapshot: null,
}

const nextLine = async (viewer: Viewer, tx: Writing, { evaluation, area }: Where): Promise<number> => {
  const last = await tx
    .selectFrom('improvement.citation')
    .where('trust_id', '=', viewer.trust)
    .where('evaluation_id', '=', evaluation)
    .where('area', '=', area)
    .select('line')
    .orderBy('line', 'desc')
    .limit(1)
    .executeTakeFirst()
  const line = (last?.line ?? 0) + 1
  if (line > 60) throw new Refusal('An area has at most sixty lines of evidence. Take one away first.')
  return line
}

const add = (viewer: Viewer, where: Where, row: object): Promise<number> =>
  write(viewer, async (tx) => {
    const held = await heldArea(viewer, tx, where)
    const line = await nextLine(viewer, tx, where)
    await tx
      .insertInto('improvement.citation')
      .values({
        ...held,
        line,
        words: '',
        link: '',
        objective_id: null,
        ...noFigure,
        kept_why: null,
        kept_over: null,
        ...row,
      })
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.judgement',
      id: `${where.evaluation}/${where.area}`,
      deed: 'cited',
      school: held.school_id,
      detail: { line, ...row },
    })
    return line
  })

/** Adds a figure to the evidence of an area; the answer is its line. Groups under six are refused. @throws Refusal, NotHere */
export async function citeFigure(viewer: Viewer, where: Where, key: CitedKey): Promise<number> {
  const [figure] = await figures(viewer, {
    measures: [key.measure],
    places: [key.school === null ? 'trust' : { school: key.school }],
    years: [key.year],
    groups: [key.group],
    periods: [key.period],
    snapshot: key.snapshot,
  })
  if (figure?.kind !== 'value')
    throw new Refusal(`That figure is ${figure?.kind ?? 'not there'}, so it can’t be cited.`)
  if ((figure.population ?? 0) < 6)
    throw new Refusal('Groups under 6 can’t be cited: governors and the trust read what you confirm.')
  return add(viewer, where, {
    measure: key.measure,
    of_school: key.school,
    year_group: key.year,
    pupil_group: key.group,
    period: key.period,
    snapshot: key.snapshot,
  })
}

/** Adds a note, or a document by its link. @throws FormRefused, Refusal, NotHere */
export const citeNote = (
  viewer: Viewer,
  where: Where,
  input: { words: string; link?: string },
): Promise<number> => add(viewer, where, shaped(noteShape, input))

/** Adds an objective of a plan that the viewer sees. @throws NotHere, Refusal */
export async function citeObjective(viewer: Viewer, where: Where, objective: number): Promise<number> {
  await objectiveById(viewer, objective)
  return add(viewer, where, { objective_id: objective })
}

const heldCitation = async (viewer: Viewer, tx: Writing, where: Where, line: number) => {
  const held = await heldArea(viewer, tx, where)
  const found = await tx
    .selectFrom('improvement.citation')
    .where('trust_id', '=', viewer.trust)
    .where('evaluation_id', '=', where.evaluation)
    .where('area', '=', where.area)
    .where('line', '=', line)
    .selectAll()
    .executeTakeFirst()
  if (!found) throw new NotHere('There is no such line of evidence.')
  return { held, found }
}

/** The lines keep their numbers, so that the words go on citing the right ones. @throws NotHere, Refusal */
export const removeCitation = (viewer: Viewer, where: Where, line: number): Promise<void> =>
  write(viewer, async (tx) => {
    const { held, found } = await heldCitation(viewer, tx, where, line)
    await tx
      .deleteFrom('improvement.citation')
      .where('trust_id', '=', viewer.trust)
      .where('citation_id', '=', found.citation_id)
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.judgement',
      id: `${where.evaluation}/${where.area}`,
      deed: 'citation removed',
      school: held.school_id,
      detail: { line, measure: found.measure, words: found.words },
    })
  })

/** A figure that moved: cites what it says now, or keeps what was cited and says why. @throws Refusal, NotHere */
export async function decideAboutFigure(
  viewer: Viewer,
  where: Where,
  line: number,
  decision: { readonly use: 'now' } | { readonly use: 'cited'; readonly why: string },
): Promise<void> {
  if (decision.use === 'cited' && !decision.why.trim()) throw new Refusal('Say why the older figure stays.')
  const { found } = await write(viewer, (tx) => heldCitation(viewer, tx, where, line))
  if (found.measure === null || found.snapshot === null) throw new Refusal('That line is no figure.')
  const { now } = await citedFigure(viewer, {
    measure: found.measure,
    school: found.of_school,
    year: found.year_group ?? 'all',
    group: found.pupil_group ?? 'all',
    period: found.period ?? '',
    snapshot: found.snapshot,
  })
  if (!now) throw new Refusal('That figure has not moved.')
  await write(viewer, async (tx) => {
    const { held } = await heldCitation(viewer, tx, where, line)
    await tx
      .updateTable('improvement.citation')
      .set(
        decision.use === 'now'
          ? { period: now.period, snapshot: now.snapshot, kept_why: null, kept_over: null }
          : { kept_why: decision.why.trim().slice(0, 1000), kept_over: now.href },
      )
      .where('trust_id', '=', viewer.trust)
      .where('citation_id', '=', found.citation_id)
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.judgement',
      id: `${where.evaluation}/${where.area}`,
      deed: decision.use === 'now' ? 'figure brought up to date' : 'older figure kept',
      school: held.school_id,
      detail: { line, now: now.href, ...(decision.use === 'cited' ? { why: decision.why } : {}) },
    })
  })
}
