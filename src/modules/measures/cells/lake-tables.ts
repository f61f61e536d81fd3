/** The columns of the lake's facts, for an empty one where a drop has no file of it; as `evidence` writes them. */
export const lakeColumns = {
  result: {
    pupil: 'bigint',
    school: 'integer',
    drop_id: 'integer',
    academic_year: 'integer',
    year_group: 'varchar',
    assessment: 'varchar',
    subject: 'varchar',
    class_id: 'integer',
    raw: 'varchar',
    value: 'double precision',
    grade: 'varchar',
    status: 'varchar',
    expected: 'boolean',
    higher: 'boolean',
  },
  pupil_state: {
    pupil: 'bigint',
    school: 'integer',
    drop_id: 'integer',
    academic_year: 'integer',
    year_group: 'varchar',
    class_id: 'integer',
    form: 'varchar',
    sex: 'varchar',
    ethnicity: 'varchar',
    ethnic_group: 'varchar',
    first_language: 'varchar',
    sen: 'varchar',
    fsm: 'boolean',
    fsm6: 'boolean',
    pupil_premium: 'boolean',
    looked_after: 'boolean',
    disadvantaged: 'boolean',
    prior_reading: 'double precision',
    prior_mathematics: 'double precision',
    prior: 'double precision',
    prior_band: 'varchar',
    joined_this_year: 'boolean',
  },
  attendance: {
    pupil: 'bigint',
    school: 'integer',
    drop_id: 'integer',
    academic_year: 'integer',
    year_group: 'varchar',
    possible: 'integer',
    authorised: 'integer',
    unauthorised: 'integer',
  },
  session_code: {
    pupil: 'bigint',
    school: 'integer',
    drop_id: 'integer',
    academic_year: 'integer',
    year_group: 'varchar',
    code: 'varchar',
    sessions: 'integer',
  },
  behaviour: {
    pupil: 'bigint',
    school: 'integer',
    drop_id: 'integer',
    academic_year: 'integer',
    year_group: 'varchar',
    kind: 'varchar',
    events: 'integer',
  },
  exclusion: {
    pupil: 'bigint',
    school: 'integer',
    drop_id: 'integer',
    academic_year: 'integer',
    year_group: 'varchar',
    suspensions: 'integer',
    permanent: 'integer',
    reasons: 'varchar',
  },
} as const

export type LakeFact = keyof typeof lakeColumns

export const factNames = Object.keys(lakeColumns) as LakeFact[]

export const createTable = (fact: LakeFact): string =>
  `create temporary table ${fact} (${Object.entries(lakeColumns[fact])
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`
