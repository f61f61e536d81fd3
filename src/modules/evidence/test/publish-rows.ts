import { write } from '../../../platform/database/door.ts'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { makeSnapshot } from '../snapshots/index.ts'

/** One pupil as a test says it: everything else is ordinary. */
export interface TestPupil {
  readonly pupil: number
  readonly year?: string
  readonly class?: number
  readonly sex?: 'F' | 'M'
  readonly disadvantaged?: boolean
  readonly prior?: 'low' | 'middle' | 'high'
}

/** One result: a number is a score, a text is a status (`absent`). */
export interface TestResult {
  readonly pupil: number
  readonly assessment: string
  readonly value: number | 'absent' | 'not taken'
  readonly grade?: string
}

/** Seals results and the roll of one school and publishes them as a snapshot, as an import would. */
export async function publishRows(
  viewer: Viewer,
  code: string,
  school: number,
  roll: readonly TestPupil[],
  results: readonly TestResult[],
): Promise<number> {
  const drop = await dropByCode(viewer, code)
  const place = { trust: viewer.trust, year: drop.academicYear, drop: drop.id, school }
  const of = new Map(roll.map((pupil) => [pupil.pupil, pupil]))
  const text = (value: string | undefined) => (value === undefined ? 'null::varchar' : literal(value))
  const stateRows = roll.map(
    (one) =>
      `(${one.pupil}, ${school}, ${drop.id}, ${drop.academicYear}, ${text(one.year ?? '6')}, ${one.class ?? 'null::integer'}, null::varchar, ${text(one.sex ?? (one.pupil % 2 ? 'F' : 'M'))}, 'WBRI', 'white', 'english', 'N', false, false, ${one.disadvantaged ?? false}, false, ${one.disadvantaged ?? false}, null::double, null::double, null::double, ${text(one.prior)}, false)`,
  )
  const resultRows = results.map((one) => {
    const pupil = of.get(one.pupil)
    const score = typeof one.value === 'number'
    return `(${one.pupil}, ${school}, ${drop.id}, ${drop.academicYear}, ${text(pupil?.year ?? '6')}, ${literal(one.assessment)}, 'any', ${pupil?.class ?? 'null::integer'}, ${literal(String(one.value))}, ${score ? `${one.value}::double` : 'null::double'}, ${text(one.grade)}, ${score ? "'result'" : literal(String(one.value))}, false, false)`
  })
  const bench = await viewer.house.lake.duck.workbench()
  const sealed: {
    fact: 'result' | 'pupil_state'
    file: Awaited<ReturnType<typeof viewer.house.lake.seal>>
  }[] = []
  try {
    if (stateRows.length)
      sealed.push({
        fact: 'pupil_state',
        file: await viewer.house.lake.seal(
          bench,
          `select * from (values ${stateRows.join(', ')}) t(pupil, school, drop_id, academic_year, year_group, class_id, form, sex, ethnicity, ethnic_group, first_language, sen, fsm, fsm6, pupil_premium, looked_after, disadvantaged, prior_reading, prior_mathematics, prior, prior_band, joined_this_year)`,
          { ...place, fact: 'pupil_state' },
        ),
      })
    if (resultRows.length)
      sealed.push({
        fact: 'result',
        file: await viewer.house.lake.seal(
          bench,
          `select * from (values ${resultRows.join(', ')}) t(pupil, school, drop_id, academic_year, year_group, assessment, subject, class_id, raw, value, grade, status, expected, higher)`,
          { ...place, fact: 'result' },
        ),
      })
  } finally {
    bench.close()
  }
  return write(viewer, async (tx) => {
    const snapshot = await makeSnapshot(viewer, tx, { drop: drop.id, school, reason: 'publish' })
    for (const { fact } of sealed)
      await tx
        .updateTable('evidence.lake_file')
        .set({ removed_in: snapshot })
        .where('trust_id', '=', viewer.trust)
        .where('drop_id', '=', drop.id)
        .where('school_id', '=', school)
        .where('fact', '=', fact)
        .where('removed_in', 'is', null)
        .execute()
    await tx
      .insertInto('evidence.lake_file')
      .values(
        sealed.map(({ fact, file }) => ({
          trust_id: viewer.trust,
          fact,
          academic_year: drop.academicYear,
          drop_id: drop.id,
          school_id: school,
          import_id: null,
          ...file,
          added_in: snapshot,
          removed_in: null,
        })),
      )
      .execute()
    return snapshot
  })
}
