import { characteristicsOn } from '../../modules/organisation/index.ts'
import type { House } from '../../platform/house.ts'
import type { SealedFile } from '../../platform/lake/lake.ts'
import { type Cells, type Columns, pour } from '../../platform/lake/pour.ts'
import { attendanceOf } from './attendance.ts'
import { type DemoWorld, type OnRoll, onRollAt } from './demo-world.ts'
import type { Levels } from './levels.ts'
import { marksOf } from './marks.ts'
import { graded } from './raw-marks.ts'
import { factsOf, type Written } from './write-record.ts'

type Fact = 'result' | 'pupil_state' | 'attendance'

const columns: Readonly<Record<Fact, Columns>> = {
  result: {
    pupil: 'BIGINT',
    school: 'INTEGER',
    drop_id: 'INTEGER',
    academic_year: 'INTEGER',
    year_group: 'VARCHAR',
    assessment: 'VARCHAR',
    subject: 'VARCHAR',
    class_id: 'INTEGER',
    raw: 'VARCHAR',
    value: 'DOUBLE',
    grade: 'VARCHAR',
    status: 'VARCHAR',
    expected: 'BOOLEAN',
    higher: 'BOOLEAN',
  },
  pupil_state: {
    pupil: 'BIGINT',
    school: 'INTEGER',
    drop_id: 'INTEGER',
    academic_year: 'INTEGER',
    year_group: 'VARCHAR',
    class_id: 'INTEGER',
    form: 'VARCHAR',
    sex: 'VARCHAR',
    ethnicity: 'VARCHAR',
    ethnic_group: 'VARCHAR',
    first_language: 'VARCHAR',
    sen: 'VARCHAR',
    fsm: 'BOOLEAN',
    fsm6: 'BOOLEAN',
    pupil_premium: 'BOOLEAN',
    looked_after: 'BOOLEAN',
    disadvantaged: 'BOOLEAN',
    prior_reading: 'DOUBLE',
    prior_mathematics: 'DOUBLE',
    prior: 'DOUBLE',
    prior_band: 'VARCHAR',
    joined_this_year: 'BOOLEAN',
  },
  attendance: {
    pupil: 'BIGINT',
    school: 'INTEGER',
    drop_id: 'INTEGER',
    academic_year: 'INTEGER',
    year_group: 'VARCHAR',
    possible: 'INTEGER',
    authorised: 'INTEGER',
    unauthorised: 'INTEGER',
  },
}

const stateCells = (
  on: OnRoll,
  about: {
    pupil: number
    school: number
    drop: number
    year: number
    form: number
    name: string
    day: string
  },
): Cells => {
  const is = characteristicsOn(factsOf(on.pupil), about.day)
  return [
    about.pupil,
    about.school,
    about.drop,
    about.year,
    on.yearGroup,
    about.form,
    about.name,
    is.sex ?? null,
    is.ethnicity ?? null,
    is.ethnicGroup,
    is.firstLanguage,
    is.sen,
    is.fsm,
    is.fsm6,
    is.pupilPremium,
    is.lookedAfter,
    is.disadvantaged,
    is.priorReading ?? null,
    is.priorMathematics ?? null,
    is.prior ?? null,
    is.priorBand ?? null,
    on.stay.from > `${about.year}-09-30`,
  ]
}

export interface DropFile extends SealedFile {
  readonly fact: Fact
  readonly drop: number
  readonly school: number
  readonly academicYear: number
}

/** Seals everything of one drop: what each pupil was, missed and achieved, a file for each fact and school. */
export async function sealDrop(
  house: House,
  world: DemoWorld,
  written: Written,
  levels: Levels,
  absence: readonly number[],
  dropNumber: number,
  dropId: number,
): Promise<DropFile[]> {
  const drop = world.drops[dropNumber]!
  const rolls = onRollAt(world, drop)
  const year = drop.academicYear
  const rows: Record<Fact, Cells[]> = { result: [], pupil_state: [], attendance: [] }
  rolls.forEach((roll, at) => {
    const school = written.schools[at]!
    for (const on of roll) {
      const pupil = written.pupils[on.pupil.key]!
      const form = written.classes[on.form]!
      rows.pupil_state.push(
        stateCells(on, {
          pupil,
          school,
          drop: dropId,
          year,
          form,
          name: world.classes[on.form]!.name,
          day: drop.asAt,
        }),
      )
      const sessions = drop.kind === 'termly' ? attendanceOf(world, absence, drop, on) : undefined
      if (sessions)
        rows.attendance.push([
          pupil,
          school,
          dropId,
          year,
          on.yearGroup,
          sessions.possible,
          sessions.authorised,
          sessions.unauthorised,
        ])
    }
    for (const mark of marksOf(world, levels, dropNumber, at, roll)) {
      const is = graded(mark.assessment, mark.raw)
      rows.result.push([
        written.pupils[mark.on.pupil.key]!,
        school,
        dropId,
        year,
        mark.on.yearGroup,
        mark.assessment,
        mark.subject,
        written.classes[mark.class]!,
        mark.raw,
        is.value,
        is.grade,
        is.status,
        is.expected,
        is.higher,
      ])
    }
  })
  const bench = await house.lake.duck.workbench()
  try {
    const files: DropFile[] = []
    for (const fact of ['pupil_state', 'result', 'attendance'] as const) {
      if (rows[fact].length === 0) continue
      await pour(bench, `demo_${fact}`, columns[fact], rows[fact])
      const present = new Set(rows[fact].map((cells) => cells[1] as number))
      for (const school of present) {
        const place = { trust: written.trust, fact, year, drop: dropId, school }
        const sealed = await house.lake.seal(
          bench,
          `select * from demo_${fact} where school = ${school} order by pupil`,
          place,
        )
        files.push({ ...sealed, fact, drop: dropId, school, academicYear: year })
      }
    }
    return files
  } finally {
    bench.close()
  }
}
