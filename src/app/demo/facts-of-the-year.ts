import { write } from '../../platform/database/door.ts'
import type { House } from '../../platform/house.ts'
import { type Cells, type Columns, pour } from '../../platform/lake/pour.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { attendanceOf } from './attendance.ts'
import { type DemoWorld, type OnRoll, onRollAt } from './demo-world.ts'
import { luck, normalLuck } from './dice.ts'
import type { DemoDrop } from './drops.ts'
import type { Written } from './write-record.ts'

type Fact = 'session_code' | 'behaviour' | 'exclusion'

const common: Columns = {
  pupil: 'BIGINT',
  school: 'INTEGER',
  drop_id: 'INTEGER',
  academic_year: 'INTEGER',
  year_group: 'VARCHAR',
}
const own: Readonly<Record<Fact, Columns>> = {
  session_code: { code: 'VARCHAR', sessions: 'INTEGER' },
  behaviour: { kind: 'VARCHAR', events: 'INTEGER' },
  exclusion: { suspensions: 'INTEGER', permanent: 'INTEGER', reasons: 'VARCHAR' },
}

/** A pupil’s sessions by code, which add up to what their school sent. */
function codesOf(
  { key }: { readonly key: number },
  sessions: { readonly possible: number; readonly authorised: number; readonly unauthorised: number },
): (readonly [code: string, sessions: number])[] {
  const { possible, authorised, unauthorised } = sessions
  const part = (of: number, share: number, place: number) =>
    Math.min(of, Math.max(0, Math.round(of * (share + 0.1 * normalLuck(key, place)))))
  const attended = possible - authorised - unauthorised
  const late = Math.min(attended, Math.max(0, Math.round(attended * (0.02 + 0.02 * normalLuck(key, 301)))))
  const medical = part(authorised, 0.07, 302)
  const ill = part(authorised - medical, 0.85, 303)
  const holiday = part(unauthorised, 0.2, 304)
  const closed = part(unauthorised - holiday, 0.1, 305)
  const noReason = Math.min(unauthorised - holiday - closed, luck(key, 306) < 0.1 ? 1 : 0)
  const present = attended - late
  return (
    [
      ['/', Math.ceil(present / 2)],
      ['\\', Math.floor(present / 2)],
      ['L', late],
      ['M', medical],
      ['I', ill],
      ['C', authorised - medical - ill],
      ['G', holiday],
      ['U', closed],
      ['N', noReason],
      ['O', unauthorised - holiday - closed - noReason],
    ] as const
  ).filter(([, many]) => many > 0)
}

const eventsOf = ({ pupil, yearGroup }: OnRoll, { sessions }: DemoDrop) => {
  const part = sessions / 234
  const older = ['7', '8', '9', '10', '11'].includes(yearGroup)
  const spread = (mean: number, place: number) =>
    Math.max(0, Math.round(part * mean * (1 + 0.7 * normalLuck(pupil.key, place))))
  const restless = spread(older ? 2.2 : 0.7, 311) * (luck(pupil.key, 312) < 0.1 ? 4 : 1)
  const suspended = luck(pupil.key, 313) < part * (older ? 0.045 : 0.006)
  return {
    praise: spread(older ? 14 : 9, 310),
    behaviour: restless,
    suspensions: suspended ? 1 + Math.floor(3 * luck(pupil.key, 314)) : 0,
    permanent: older && luck(pupil.key, 315) > 0.9993 ? 1 : 0,
  }
}

/**
 * Registers by code, behaviour and exclusions of a drop, for the schools that have sent their results:
 * listed with the snapshot of each school’s results.
 */
export async function writeFactsOfTheYear(
  house: House,
  lead: Viewer,
  world: DemoWorld,
  written: Written,
  absence: readonly number[],
  drop: DemoDrop,
): Promise<void> {
  const rolls = onRollAt(world, drop)
  const live = await write(lead, (tx) =>
    tx
      .selectFrom('evidence.lake_file as f')
      .innerJoin('evidence.drop as d', (join) =>
        join.onRef('d.trust_id', '=', 'f.trust_id').onRef('d.drop_id', '=', 'f.drop_id'),
      )
      .select(['f.school_id as school', 'f.drop_id as drop', 'f.added_in as snapshot'])
      .where('d.code', '=', drop.code)
      .where('f.fact', '=', 'pupil_state')
      .where('f.removed_in', 'is', null)
      .execute(),
  )
  const bench = await house.lake.duck.workbench()
  try {
    for (const { school, drop: drop_id, snapshot } of live) {
      const roll = rolls[written.schools.indexOf(school)]!
      const rows: Record<Fact, Cells[]> = { session_code: [], behaviour: [], exclusion: [] }
      for (const on of roll) {
        const place: Cells = [written.pupils[on.pupil.key]!, school, drop_id, drop.academicYear, on.yearGroup]
        const sessions = attendanceOf(world, absence, drop, on)
        if (sessions)
          for (const [code, many] of codesOf(on.pupil, sessions))
            rows.session_code.push([...place, code, many])
        const is = eventsOf(on, drop)
        rows.behaviour.push([...place, 'behaviour', is.behaviour], [...place, 'praise', is.praise])
        rows.exclusion.push([...place, is.suspensions, is.permanent, is.suspensions ? 'DB' : ''])
      }
      for (const fact of ['session_code', 'behaviour', 'exclusion'] as const) {
        await pour(bench, `demo_${fact}`, { ...common, ...own[fact] }, rows[fact])
        const sealed = await house.lake.seal(bench, `select * from demo_${fact} order by all`, {
          trust: written.trust,
          fact,
          year: drop.academicYear,
          drop: drop_id,
          school,
        })
        await write(lead, (tx) =>
          tx
            .insertInto('evidence.lake_file')
            .values({
              trust_id: written.trust,
              fact,
              academic_year: drop.academicYear,
              drop_id,
              school_id: school,
              import_id: null,
              ...sealed,
              added_in: snapshot,
              removed_in: null,
            })
            .execute(),
        )
      }
    }
  } finally {
    bench.close()
  }
}
