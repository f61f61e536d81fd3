import { dayName, londonDay } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Brought, blocksOf } from '../documents/brought/read-document.ts'
import { canWriteEvaluation } from '../domain/can-confirm.ts'
import type { Area } from '../domain/framework.ts'
import { type FieldName, fields, type ProposedPart, proposedParts } from '../domain/proposed.ts'
import { type BroughtDocument, broughtById } from '../queries/brought.ts'
import { evaluationById } from '../queries/evaluation.ts'
import { heldArea } from './evaluations.ts'

/** Of a document that may be brought, in bytes. */
export const mostBytes = 5 * 1024 * 1024
const mostParts = 200
const mostLetters = 400_000
/** What a field of a judgement holds. */
const mostInField = 20_000

/** Reads an existing document and proposes where each part of it belongs; nothing is in any area yet. @throws Refusal, NotHere */
export async function bringDocument(viewer: Viewer, evaluation: number, brought: Brought): Promise<number> {
  const { school, areas } = await evaluationById(viewer, evaluation)
  enforce(canWriteEvaluation(viewer, school))
  if (('bytes' in brought ? brought.bytes.length : Buffer.byteLength(brought.text)) > mostBytes)
    throw new Refusal('That is larger than 5 MB, more than this page takes. Nothing was changed.')
  const parts = proposedParts(
    await blocksOf(brought),
    areas.map(({ area }) => area),
  )
  if (parts.length > mostParts)
    throw new Refusal(
      `The document has ${count(parts.length, 'part')} by its headings, more than ${mostParts}. Bring it in halves.`,
    )
  if (parts.reduce((sum, part) => sum + part.text.length, 0) > mostLetters)
    throw new Refusal('The document holds more words than a self-evaluation does. Bring it in halves.')
  return write(viewer, async (tx) => {
    const { area: _, ...held } = await heldArea(viewer, tx, { evaluation, area: '' })
    const { brought_id: id } = await tx
      .insertInto('improvement.brought')
      .values({
        ...held,
        name: brought.name.slice(0, 200),
        parts: JSON.stringify(parts),
        person_id: viewer.person || null,
        at: viewer.house.clock.now(),
        settled_at: null,
      })
      .returning('brought_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, {
      subject: 'improvement.evaluation',
      id: evaluation,
      deed: 'document brought',
      school,
      detail: { name: brought.name, parts: parts.length },
    })
    return id
  })
}

/** Where a part is to go; none leaves it out. */
export type Place = { readonly area: string; readonly field: FieldName } | null

const columns = { words: 'words', strengths: 'strengths', next: 'next_steps' } as const
const fieldNames: Record<FieldName, string> = {
  words: 'What we judge',
  strengths: 'Strengths',
  next: 'What is next',
}

/** What is there already stays; what is brought stands below a line that says where it is from. */
const below = (there: string, from: string, added: string): string =>
  there.trim() === '' ? added : `${there.trimEnd()}\n\n${from}\n\n${added}`

/**
 * Puts the parts of a document into areas, all or none, one place for each part. Words that are there already are never
 * overwritten. The answer is how many parts went in. @throws Refusal, NotHere
 */
export async function putIn(
  viewer: Viewer,
  evaluation: number,
  id: number,
  places: readonly Place[],
): Promise<number> {
  const { school, areas } = await evaluationById(viewer, evaluation)
  enforce(canWriteEvaluation(viewer, school))
  const document = await broughtById(viewer, evaluation, id)
  const goes = document.parts.flatMap((part, at) => {
    const place = places[at]
    return place ? [{ part, area: areaOf(areas, place.area), field: fieldOf(place.field) }] : []
  })
  if (goes.length === 0) throw new Refusal('Choose an area for at least one part, or leave the document out.')
  const from = `From “${document.name}”, ${dayName(londonDay(document.at))}:`
  await write(viewer, async (tx) => {
    for (const [area, own] of Map.groupBy(goes, (one) => one.area))
      await append(viewer, tx, { evaluation, area, from, own })
    await settle(viewer, tx, document, 'document put in', { parts: goes.length })
  })
  return goes.length
}

const areaOf = (areas: readonly { readonly area: Area }[], code: string): Area => {
  const found = areas.find(({ area }) => area.code === code)
  if (!found) throw new Refusal('The framework has no such area.')
  return found.area
}

const fieldOf = (name: string): FieldName => {
  const found = fields.find((one) => one === name)
  if (!found) throw new Refusal('Choose what each part is: the case, strengths, or what is next.')
  return found
}

async function append(
  viewer: Viewer,
  tx: Writing,
  {
    evaluation,
    area,
    from,
    own,
  }: {
    evaluation: number
    area: Area
    from: string
    own: readonly { readonly part: ProposedPart; readonly field: FieldName }[]
  },
): Promise<void> {
  const held = await heldArea(viewer, tx, { evaluation, area: area.code })
  const known = await tx
    .selectFrom('improvement.judgement')
    .where('trust_id', '=', viewer.trust)
    .where('evaluation_id', '=', evaluation)
    .where('area', '=', area.code)
    .select(['revision', 'grade', 'words', 'strengths', 'next_steps'])
    .executeTakeFirst()
  const row = {
    grade: known?.grade ?? null,
    words: known?.words ?? '',
    strengths: known?.strengths ?? '',
    next_steps: known?.next_steps ?? '',
  }
  for (const [field, parts] of Map.groupBy(own, (one) => one.field)) {
    const column = columns[field]
    row[column] = below(row[column], from, parts.map(({ part }) => part.text).join('\n\n'))
    if (row[column].length > mostInField)
      throw new Refusal(
        `${area.name}, ${fieldNames[field].toLowerCase()}, would hold more than 20,000 characters. Leave a part of it out; nothing was put in.`,
      )
  }
  const revision = (known?.revision ?? 0) + 1
  const saved = { ...row, revision, saved_at: viewer.house.clock.now(), saved_by: viewer.person || null }
  await tx
    .insertInto('improvement.judgement')
    .values({ ...held, ...saved })
    .onConflict((on) => on.columns(['trust_id', 'evaluation_id', 'area']).doUpdateSet(saved))
    .execute()
  await record(viewer, tx, {
    subject: 'improvement.judgement',
    id: `${evaluation}/${area.code}`,
    deed: 'saved',
    school: held.school_id,
    detail: { revision, from },
  })
}

async function settle(
  viewer: Viewer,
  tx: Writing,
  { id, evaluation, name }: BroughtDocument,
  deed: string,
  detail: object = {},
): Promise<void> {
  const { school_id: school } = await heldArea(viewer, tx, { evaluation, area: '' })
  const { numUpdatedRows } = await tx
    .updateTable('improvement.brought')
    .set({ settled_at: viewer.house.clock.now() })
    .where('trust_id', '=', viewer.trust)
    .where('brought_id', '=', id)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Refusal('Somebody decided about this document while you did.')
  await record(viewer, tx, {
    subject: 'improvement.evaluation',
    id: evaluation,
    deed,
    school,
    detail: { name, ...detail },
  })
}

/** Leaves a document out: nothing of it goes into any area. @throws NotHere, Refusal */
export async function leaveOut(viewer: Viewer, evaluation: number, id: number): Promise<void> {
  const document = await broughtById(viewer, evaluation, id)
  await write(viewer, (tx) => settle(viewer, tx, document, 'document left out'))
}
