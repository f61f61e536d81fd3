import { dayName, londonDay } from '../../kernel/days.ts'
import { NotHere } from '../../kernel/refusal.ts'
import { deeds, mayDo, type Role, roleNames, roles } from '../../kernel/roles.ts'
import { schoolsWhere } from '../../kernel/viewer.ts'
import { type Verified, verifyAudit } from '../../modules/access/index.ts'
import { drops, dropTitle } from '../../modules/evidence/index.ts'
import { keepingRules, recordClasses } from '../../modules/keeping/index.ts'
import { characteristicKinds, schools, trustOf } from '../../modules/organisation/index.ts'
import { read } from '../../platform/database/door.ts'
import type { Viewer } from '../../platform/viewer.ts'

/** What the product itself knows for a data protection impact assessment, as it stands today. */
export interface DpiaFacts {
  readonly trust: string
  readonly schools: readonly string[]
  /** What each drop is for and decides, newest first. */
  readonly purposes: readonly { readonly drop: string; readonly purpose: string; readonly decides: string }[]
  readonly held: readonly { readonly what: string; readonly count: number; readonly note: string }[]
  readonly roles: readonly {
    readonly role: Role
    readonly name: string
    readonly holders: number
    readonly sees: readonly string[]
  }[]
  readonly settings: readonly { readonly name: string; readonly words: string; readonly concern?: string }[]
  /** How long each class of record is kept, as decided. */
  readonly kept: readonly { readonly name: string; readonly words: string; readonly decided: string }[]
  /** What is due goes every night, rather than when a person says so. */
  readonly nightly: boolean
  readonly trail: Verified
  readonly brokenGlasses: number
}

/** @throws NotHere for who may not see every pupil and the trust’s whole audit trail. */
export async function dpiaFacts(viewer: Viewer): Promise<DpiaFacts> {
  // Whoever sees no pupils would count none.
  if (schoolsWhere(viewer, 'see audit') !== 'all' || schoolsWhere(viewer, 'see pupils') !== 'all')
    throw new NotHere()
  const counts = await countsOf(viewer)
  const kept = await keepingRules(viewer)
  return {
    trust: (await trustOf(viewer)).name,
    schools: (await schools(viewer)).map((one) => one.name),
    purposes: (await drops(viewer)).slice(0, 6).map((one) => ({
      drop: dropTitle(one),
      purpose: one.purpose,
      decides: one.decides,
    })),
    held: [
      { what: 'Pupils', count: counts.pupils, note: 'Name, birth date, UPN or the school’s number.' },
      {
        what: 'Dated characteristics',
        count: counts.characteristics,
        note: `${Object.values(characteristicKinds).join(', ')}. Ethnicity and SEN are special or sensitive.`,
      },
      {
        what: 'Results in the lake, as they stand',
        count: counts.results,
        note: 'By our own number of the pupil: no name, UPN or birth date is in the lake.',
      },
      { what: 'Register rows in the lake', count: counts.attendance, note: 'Sessions by kind of absence.' },
      {
        what: 'Files as schools sent them',
        count: counts.uploads,
        note: 'Kept as they came; they name pupils.',
      },
      { what: 'People who work or govern here', count: counts.people, note: 'Name, e-mail address, post.' },
      { what: 'Lines of the audit trail', count: counts.audit, note: 'Who did what, and when.' },
    ],
    roles: roles.map((role) => ({
      role,
      name: roleNames[role],
      holders: counts.holders.get(role) ?? 0,
      sees: mayDo[role].filter((deed) => deed.startsWith('see ')).map((deed) => deeds[deed]),
    })),
    settings: settingsOf(viewer),
    kept: kept.rules.map((rule) => ({
      name: recordClasses[rule.class].name,
      words: rule.words,
      decided: rule.decided
        ? `${rule.decided.by}, ${dayName(londonDay(rule.decided.at))}: ${rule.decided.reason}`
        : `Not decided yet: as the software starts. ${recordClasses[rule.class].source}`,
    })),
    nightly: kept.nightly,
    trail: await verifyAudit(viewer),
    brokenGlasses: counts.glasses,
  }
}

function settingsOf({ house: { config, database } }: Viewer): DpiaFacts['settings'] {
  const secure = config.origin.startsWith('https://')
  const local = /^https?:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(config.origin)
  return [
    {
      name: 'Address',
      words: config.origin,
      ...(secure || local
        ? {}
        : { concern: 'The address is not https: names and passwords would travel in the open.' }),
    },
    {
      name: 'Record',
      words:
        database.kind === 'embedded'
          ? 'An embedded database in the data folder of one machine.'
          : `A PostgreSQL server at ${new URL(config.databaseUrl ?? 'postgres://unknown').hostname}.`,
    },
    {
      name: 'Mail',
      words: config.smtpUrl
        ? `Sent through ${new URL(config.smtpUrl).hostname}.`
        : 'No mail server is set: letters lie in the outbox folder.',
      ...(config.smtpUrl
        ? {}
        : { concern: 'Nobody is told by e-mail when the glass is broken until a mail server is set.' }),
    },
    {
      name: 'Encryption at rest',
      words: 'Left to the machine’s disk: the product does not encrypt the data folder itself.',
      concern: 'Say here that the disk and the backups are encrypted.',
    },
    { name: 'Outside services', words: 'None: no analytics, no outside fonts, no AI.' },
    ...(config.demo
      ? [{ name: 'Demonstration', words: 'On.', concern: 'Anybody may sign in as one of its people.' }]
      : []),
  ]
}

const countsOf = (viewer: Viewer) =>
  read(viewer, async (db) => {
    const { trust, today } = viewer
    const many = async (
      table:
        | 'organisation.pupil'
        | 'organisation.characteristic'
        | 'organisation.person'
        | 'evidence.upload'
        | 'access.audit_link'
        | 'access.break_glass',
    ) =>
      Number(
        (
          await db
            .selectFrom(table)
            .where('trust_id', '=', trust)
            .select((find) => find.fn.countAll().as('many'))
            .executeTakeFirstOrThrow()
        ).many,
      )
    const rows = async (fact: 'result' | 'attendance') =>
      Number(
        (
          await db
            .selectFrom('evidence.lake_file')
            .where('trust_id', '=', trust)
            .where('fact', '=', fact)
            .where('removed_in', 'is', null)
            .select((find) => find.fn.sum('rows').as('many'))
            .executeTakeFirstOrThrow()
        ).many ?? 0,
      )
    const holders = await db
      .selectFrom('access.role_grant')
      .where('trust_id', '=', trust)
      .where('from_day', '<=', today)
      .where((find) => find.or([find('to_day', 'is', null), find('to_day', '>=', today)]))
      .select((find) => ['role', find.fn.count('person_id').distinct().as('many')])
      .groupBy('role')
      .execute()
    return {
      pupils: await many('organisation.pupil'),
      characteristics: await many('organisation.characteristic'),
      people: await many('organisation.person'),
      uploads: await many('evidence.upload'),
      audit: await many('access.audit_link'),
      glasses: await many('access.break_glass'),
      results: await rows('result'),
      attendance: await rows('attendance'),
      holders: new Map(holders.map((row) => [row.role, Number(row.many)])),
    }
  })
