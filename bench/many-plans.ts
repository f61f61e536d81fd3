import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { addPerson, addSchool, addTrust, founderOf } from '../src/modules/organisation/index.ts'
import { clockOn } from '../src/platform/clock.ts'
import { loadConfig } from '../src/platform/config.ts'
import { write } from '../src/platform/database/door.ts'
import { silentLog } from '../src/platform/log.ts'
import { openHouse } from '../src/platform/open-house.ts'

export const schoolsOf = 90
export const years = [2021, 2022, 2023, 2024, 2025]
/** The day on which the demo stands. */
export const today = '2026-03-20'
const objectives = 8
const actions = 6

/** Rows are made by the database itself: each statement fills a table for all schools and years at once. */
const rows: readonly RawBuilder<unknown>[] = [
  sql`insert into purpose.aim (trust_id, aim_id, from_day) select 1, a, '2021-09-01' from generate_series(1, 5) a`,
  sql`insert into purpose.aim_wording (trust_id, aim_id, from_day, title) select 1, a, '2021-09-01', 'Aim ' || a || ': every child known and stretched' from generate_series(1, 5) a`,
  sql`insert into purpose.priority (trust_id, priority_id, aim_id, title, owner_id, from_day, by_day)
    select 1, p, (p - 1) % 5 + 1, 'Priority ' || p || ': what schools work on together', 1, '2021-09-01', '2027-07-31' from generate_series(1, 20) p`,
  sql`insert into purpose.stance (trust_id, school_id, priority_id, from_day, stance)
    select 1, s, p, '2021-09-01', 'adopt' from generate_series(1, ${schoolsOf}::int) s, generate_series(1, 20) p`,
  sql`insert into improvement.plan (trust_id, plan_id, school_id, academic_year, title, made_by, made_at)
    select 1, (y - 2021) * 100 + s, s, y, 'Improvement plan', 1, make_timestamptz(y, 9, 5, 9, 0, 0) from generate_series(1, ${schoolsOf}::int) s, unnest(${years}::int[]) y`,
  sql`insert into improvement.objective (trust_id, objective_id, plan_id, school_id, priority_id, title, why, by_day, owner_id, stage, shared_on)
    select 1, plan_id * 10 + o, plan_id, school_id, (plan_id * 7 + o * 3) % 20 + 1,
      'Objective ' || o || ' of school ' || school_id || ': pupils read with understanding by the end of Year 4', 'Because last year''s figures were below those of similar schools.',
      make_date(academic_year + 1, 7, 15), school_id + 1, (array['explore', 'prepare', 'deliver', 'sustain'])[(plan_id + o) % 4 + 1],
      case when o = 1 and school_id % 9 = 0 then make_date(academic_year + 1, 3, 1) end
    from improvement.plan, generate_series(1, ${objectives}::int) o`,
  sql`insert into improvement.action (trust_id, action_id, objective_id, school_id, title, owner_id, starts, due, cost_pounds, days, done_on)
    select 1, objective_id * 10 + a, objective_id, school_id, 'Action ' || a || ': train the adults who teach it and visit each other', school_id + 1,
      by_day - 300, by_day - 290 + a * 40, a * 150, a, case when a < 4 then by_day - 290 + a * 40 end
    from improvement.objective, generate_series(1, ${actions}::int) a`,
  sql`insert into improvement.criterion (trust_id, objective_id, school_id, words, measure, of_school, year_group, pupil_group, target, by_day)
    select 1, objective_id, school_id, '', 'reading-expected', school_id, '4', 'all', 60 + c, by_day from improvement.objective, generate_series(1, 2) c`,
  sql`insert into improvement.progress (trust_id, objective_id, school_id, term, state, words, on_day, person_id)
    select 1, objective_id, school_id, t, (array['in progress', 'partly met', 'met', 'not met'])[(objective_id + t) % 4 + 1], 'What we see in books and lessons says so.', by_day - 300 + t * 75, school_id + 1
    from improvement.objective, generate_series(1, 2) t`,
  sql`insert into improvement.evidence (trust_id, objective_id, school_id, measure, place, year_group, pupil_group, period, snapshot, on_day)
    select 1, objective_id, school_id, 'reading-expected', 'school-' || school_id, 'year-4', 'all', '2025-autumn', e, by_day - 100 from improvement.objective, generate_series(1, 2) e`,
  sql`insert into improvement.decision (trust_id, objective_id, school_id, stage, verdict, words, on_day, person_id)
    select 1, objective_id, school_id, 'explore', 'go on', 'It is the right problem: we go on.', by_day - 240, school_id + 1 from improvement.objective where objective_id % 2 = 0`,
  sql`insert into improvement.tier (trust_id, school_id, from_day, tier, reason, would_change, person_id)
    select 1, s, '2025-09-01', (array['universal', 'targeted', 'intensive'])[s % 3 + 1], 'Reading fell in two drops running.', 'Two drops at or above similar schools.', 1 from generate_series(1, ${schoolsOf}::int) s`,
  sql`insert into improvement.evaluation (trust_id, evaluation_id, school_id, framework, started_on, started_by)
    select 1, (f - 1) * 100 + s, s, (array['ofsted-2019', 'ofsted-2025-11'])[f], '2025-10-01', s + 1 from generate_series(1, ${schoolsOf}::int) s, generate_series(1, 2) f`,
  sql`insert into improvement.confirmed (trust_id, evaluation_id, area, school_id, grade, revision, on_day, person_id, document)
    select 1, evaluation_id, area, school_id, 'good', v, make_date(2021 + v, 11, 20), school_id + 1, jsonb_build_object(
      'framework', framework, 'area', area, 'areaName', area, 'grade', 'good', 'gradeName', 'Good', 'place', 2, 'ofPlaces', 4, 'strengths', '', 'next', '', 'by', 'A head', 'on', '2025-11-20',
      'paragraphs', jsonb_build_array(jsonb_build_array(jsonb_build_object('text', repeat('Pupils read widely and talk about what they read. ', 12)))),
      'lines', jsonb_build_array(jsonb_build_object('line', 1, 'name', 'Reading', 'value', '61%', 'of', '37 of 60', 'interval', '48 to 72', 'period', 'autumn 2025', 'snapshot', 1, 'href', '/figure', 'stem', 'reading-expected|school-' || school_id || '|year-4|all', 'objective', null, 'standing', 'expected', 'kept', '')))
    from improvement.evaluation, generate_series(1, 4) v,
      unnest(case framework when 'ofsted-2019' then array['quality-of-education', 'behaviour-attitudes', 'personal-development', 'leadership-management']
        else array['inclusion', 'curriculum-teaching', 'achievement', 'attendance-behaviour', 'leadership', 'safeguarding'] end) area`,
  sql`insert into improvement.judgement (trust_id, evaluation_id, area, school_id, grade, words, revision, saved_at, saved_by)
    select distinct 1, evaluation_id, area, school_id, null, 'A working copy.', 1, now(), school_id + 1 from improvement.confirmed`,
]

/** Ninety schools with five years of plans, self-evaluations and decisions, in an empty house. */
export async function makeManyPlans(data: string): Promise<void> {
  const house = await openHouse(loadConfig(process.env, { data, demo: true }), {
    clock: clockOn(today),
    log: silentLog,
  })
  try {
    const trust = await addTrust(house, { slug: 'wide', name: 'Wide Trust' })
    const founder = founderOf(house, trust)
    const people = [
      await addPerson(founder, {
        name: 'Amara Okafor',
        email: 'amara@wide.example',
        title: 'Director',
        from: '2021-09-01',
      }),
    ]
    for (let at = 1; at <= schoolsOf; at++) {
      const school = await addSchool(founder, {
        urn: String(199_000 + at),
        name: `School ${at}`,
        slug: `school-${at}`,
        phase: 'primary',
        from: '2021-09-01',
      })
      people.push(
        await addPerson(founder, {
          name: `Head ${String(at).padStart(3, '0')}`,
          email: `head${at}@wide.example`,
          title: `Headteacher, School ${at}`,
          school,
          from: '2021-09-01',
        }),
      )
    }
    await write(founder, async (tx) => {
      await tx
        .insertInto('access.role_grant')
        .values(
          people.map((person_id, at) => ({
            trust_id: trust,
            person_id,
            role: at === 0 ? ('director' as const) : ('headteacher' as const),
            node: at === 0 ? ('trust' as const) : ('school' as const),
            school_id: at === 0 ? null : at,
            department_id: null,
            class_id: null,
            from_day: '2021-09-01',
            given_by: null,
          })),
        )
        .execute()
    })
    // What only heads write is written as everybody's.
    const all = {
      ...founder,
      grants: [
        ...founder.grants,
        { role: 'director' as const, node: 'trust' as const, schools: 'all' as const },
        { role: 'headteacher' as const, node: 'trust' as const, schools: 'all' as const },
      ],
    }
    for (const statement of rows) await write(all, (tx) => statement.execute(tx))
    await house.database.takeStock()
  } finally {
    await house.close()
  }
  writeFileSync(join(data, 'this-is-the-demo'), 'Made for measuring speed.\n')
}
