import type { Day } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schools } from '../../organisation/index.ts'
import { commonTemplates } from '../domain/common-templates.ts'
import { type ObjectiveTemplate, objectiveTemplate } from '../domain/objective-template.ts'

/** A template to start an objective from, by its code. */
export interface TemplateOffered extends ObjectiveTemplate {
  readonly code: string
  /** Kept by the trust: by whom and when; none for those that everybody has. */
  readonly kept: { readonly id: number; readonly by: string | null; readonly on: Day } | null
}

/** What a school (or with none the trust) may start from: the trust’s own templates first. */
export async function templatesFor(viewer: Viewer, school: number | null): Promise<TemplateOffered[]> {
  const phase = (await schools(viewer)).find((one) => one.id === school)?.phase
  const own = await read(viewer, (db) =>
    db
      .selectFrom('improvement.objective_template as t')
      .leftJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 't.trust_id').onRef('p.person_id', '=', 't.person_id'),
      )
      .where('t.trust_id', '=', viewer.trust)
      .where('t.ended_on', 'is', null)
      .select(['t.objective_template_id as id', 't.document', 't.on_day as on', 'p.name as by'])
      .orderBy('t.objective_template_id', 'desc')
      .execute(),
  )
  return [
    ...own.map(({ id, document, on, by }) => ({
      ...objectiveTemplate.parse(document),
      code: `trust-${id}`,
      kept: { id, by, on },
    })),
    ...commonTemplates
      .filter(({ phases }) => phase === undefined || (phases as readonly string[]).includes(phase))
      .map((one) => ({ ...one, kept: null })),
  ]
}

/** @throws NotHere */
export async function templateByCode(
  viewer: Viewer,
  school: number | null,
  code: string,
): Promise<TemplateOffered> {
  const found = (await templatesFor(viewer, school)).find((one) => one.code === code)
  if (!found) throw new NotHere('There is no such template, or it is no longer offered.')
  return found
}
