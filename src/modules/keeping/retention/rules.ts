import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../../access/index.ts'
import {
  canKeep,
  isRecordClass,
  type RecordClass,
  recordClasses,
  recordClassNames,
  ruleWords,
  type Years,
} from '../domain/record-classes.ts'

export interface Rule {
  readonly class: RecordClass
  readonly years: number | null
  /** `6 years after the end of the academic year` */
  readonly words: string
  /** Who decided it, when and why; nothing while it is what a trust starts with. */
  readonly decided?: { readonly by: string; readonly at: Date; readonly reason: string }
}

export interface Rules {
  readonly rules: readonly Rule[]
  readonly nightly: boolean
  readonly nightlyDecided?: { readonly by: string; readonly at: Date; readonly reason: string }
}

export const yearsOf = ({ rules }: Rules): Years =>
  Object.fromEntries(rules.map((rule) => [rule.class, rule.years])) as Years

/** How long each class of record is kept: as decided, or as a trust starts. Said to everybody of the trust. */
export async function keepingRules(viewer: Viewer): Promise<Rules> {
  const [decided, nights] = await read(viewer, async (db) => [
    await db
      .selectFrom('keeping.rule as r')
      .leftJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'r.trust_id').onRef('p.person_id', '=', 'r.person_id'),
      )
      .select(['r.record_class as class', 'r.years', 'r.reason', 'r.set_at as at', 'p.name'])
      .where('r.trust_id', '=', viewer.trust)
      .orderBy('r.rule_id')
      .execute(),
    await db
      .selectFrom('keeping.carrying_out as c')
      .leftJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'c.trust_id').onRef('p.person_id', '=', 'c.person_id'),
      )
      .select(['c.nightly', 'c.reason', 'c.set_at as at', 'p.name'])
      .where('c.trust_id', '=', viewer.trust)
      .orderBy('c.carrying_out_id', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  const latest = new Map(decided.map((row) => [row.class, row]))
  const by = (name: string | null) => name ?? 'The machine’s operator'
  return {
    rules: recordClassNames.map((name) => {
      const row = latest.get(name)
      const years = row ? row.years : recordClasses[name].years
      return {
        class: name,
        years,
        words: ruleWords(name, years),
        ...(row ? { decided: { by: by(row.name), at: row.at, reason: row.reason } } : {}),
      }
    }),
    nightly: nights?.nightly ?? false,
    ...(nights ? { nightlyDecided: { by: by(nights.name), at: nights.at, reason: nights.reason } } : {}),
  }
}

const mustDecide = (viewer: Viewer) => {
  if (!may(viewer, 'let go')) throw new NotHere()
}

export interface WantedRule {
  readonly class: string
  /** Null: kept until somebody decides otherwise. */
  readonly years: number | null
  readonly reason: string
}

/** Decides how long a class of record is kept. Nothing goes by it yet. @throws Refusal, NotHere */
export async function setRule(viewer: Viewer, wanted: WantedRule): Promise<void> {
  mustDecide(viewer)
  if (!isRecordClass(wanted.class)) throw new Refusal('There is no such class of record.')
  const name = wanted.class
  enforce(canKeep(yearsOf(await keepingRules(viewer)), { ...wanted, class: name }))
  const reason = wanted.reason.trim()
  await write(viewer, async (tx) => {
    await tx
      .insertInto('keeping.rule')
      .values({
        trust_id: viewer.trust,
        record_class: name,
        years: wanted.years,
        reason,
        person_id: viewer.person || null,
        set_at: viewer.house.clock.now(),
      })
      .execute()
    await record(viewer, tx, {
      subject: 'keeping.rule',
      id: name,
      deed: 'decided',
      detail: { years: wanted.years },
    })
    await auditIn(viewer, tx, {
      deed: 'set how long',
      subject: 'keeping.rule',
      id: name,
      detail: { what: `${recordClasses[name].name}: ${ruleWords(name, wanted.years)}`, why: reason },
    })
  })
}

/** Decides whether what is due goes every night, or only when a person says so. @throws Refusal, NotHere */
export async function setNightly(viewer: Viewer, nightly: boolean, why: string): Promise<void> {
  mustDecide(viewer)
  const reason = why.trim()
  if (reason.length < 10) throw new Refusal('Say in a sentence why: the reason is kept.')
  if ((await keepingRules(viewer)).nightly === nightly) throw new Refusal('It is so already.')
  await write(viewer, async (tx) => {
    await tx
      .insertInto('keeping.carrying_out')
      .values({
        trust_id: viewer.trust,
        nightly,
        reason,
        person_id: viewer.person || null,
        set_at: viewer.house.clock.now(),
      })
      .execute()
    await auditIn(viewer, tx, {
      deed: 'set how long',
      subject: 'keeping.rule',
      id: 'nightly',
      detail: {
        what: nightly ? 'what is due goes every night' : 'what is due goes when a person says so',
        why: reason,
      },
    })
  })
}
