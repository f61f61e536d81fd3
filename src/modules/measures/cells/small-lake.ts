type Value = string | number | boolean | null

export interface SmallLake {
  readonly drops: {
    readonly id: number
    readonly kind: 'termly' | 'statutory'
    readonly academicYear: number
  }[]
  readonly result: Record<string, Value>[]
  readonly pupil_state: Record<string, Value>[]
  readonly attendance: Record<string, Value>[]
  readonly session_code: Record<string, Value>[]
  readonly behaviour: Record<string, Value>[]
  readonly exclusion: Record<string, Value>[]
}

/** Mulberry32: the same numbers from the same seed, everywhere. */
const mulberry = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

const grades = ['U', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const subjectsOf = (year: string) =>
  year === '11'
    ? [
        'english-language',
        'english-literature',
        'mathematics',
        'combined-science',
        'history',
        'french',
        'art',
      ]
    : ['reading', 'writing', 'mathematics']

/** Two schools, three drops, a few dozen pupils: every status, missing rows, odd characteristics. */
export function smallLake(seed: number, pupilsEach = 24): SmallLake {
  const next = mulberry(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!
  const chance = (share: number) => next() < share
  const drops = [
    { id: 1, kind: 'termly' as const, academicYear: 2023 },
    { id: 2, kind: 'statutory' as const, academicYear: 2023 },
    { id: 3, kind: 'termly' as const, academicYear: 2025 },
  ]
  const lake: SmallLake = {
    drops,
    result: [],
    pupil_state: [],
    attendance: [],
    session_code: [],
    behaviour: [],
    exclusion: [],
  }
  for (const drop of drops)
    for (const school of [10, 20])
      for (let index = 0; index < pupilsEach; index++) {
        const pupil = school * 100 + index
        const year = school === 10 ? pick(['3', '6', '6']) : pick(['10', '11', '11'])
        const at = { pupil, school, drop_id: drop.id, academic_year: drop.academicYear, year_group: year }
        const form = school * 10 + (index % 3)
        const prior = chance(0.8) ? 80 + Math.round(next() * 80) / 2 : null
        lake.pupil_state.push({
          ...at,
          class_id: chance(0.95) ? form : null,
          form: `F${form}`,
          sex: pick(['F', 'M', null]),
          ethnicity: 'WBRI',
          ethnic_group: pick(['white', 'mixed', 'asian', 'black', 'other', 'unclassified']),
          first_language: pick(['english', 'english', 'eal', 'unclassified']),
          sen: pick(['N', 'N', 'N', 'K', 'E']),
          fsm: chance(0.2),
          fsm6: chance(0.3),
          pupil_premium: chance(0.3),
          looked_after: chance(0.05),
          disadvantaged: chance(0.3),
          prior_reading: prior,
          prior_mathematics: prior,
          prior,
          prior_band: prior === null ? null : prior < 100 ? 'low' : prior <= 110 ? 'middle' : 'high',
          joined_this_year: chance(0.1),
        })
        if (school === 20 || drop.id !== 2) {
          const possible = chance(0.05) ? 0 : 100 + Math.floor(next() * 100)
          const missed = Math.floor(possible * next() * (chance(0.1) ? 0.8 : 0.2))
          if (chance(0.95))
            lake.attendance.push({
              ...at,
              possible,
              authorised: missed - Math.floor(missed / 3),
              unauthorised: Math.floor(missed / 3),
            })
        }
        for (const subject of subjectsOf(year === '10' ? '11' : year)) {
          if (chance(0.1)) continue
          const status = pick([
            'result',
            'result',
            'result',
            'result',
            'result',
            'absent',
            'below test',
            'left',
            'not taken',
          ])
          const graded = school === 20
          const score = 80 + Math.floor(next() * 41)
          const points = Math.floor(next() * 10)
          const grade =
            subject === 'combined-science' ? `${Math.max(1, points)}-${Math.max(1, points)}` : grades[points]!
          const value = status === 'result' ? (graded ? points : score) : null
          lake.result.push({
            ...at,
            assessment: `${subject}-${graded ? 'grade' : 'scaled'}`,
            subject,
            class_id: graded && chance(0.7) ? 900 + Math.floor(next() * 2) : form,
            raw: status === 'result' ? (graded ? grade : String(score)) : 'A',
            value,
            grade: graded && status === 'result' ? grade : null,
            status,
            expected: value === null ? null : graded ? points >= 4 : score >= 100,
            higher: value === null ? null : graded ? points >= 7 : score >= 110,
          })
          if (chance(0.1)) lake.result.push({ ...lake.result.at(-1)!, assessment: `${subject}-again` })
        }
      }
  for (const { possible: _, unauthorised, authorised, ...at } of lake.attendance) {
    if (at.drop_id === 2) continue
    lake.session_code.push({ ...at, code: 'I', sessions: authorised! })
    if (unauthorised) lake.session_code.push({ ...at, code: 'U', sessions: unauthorised })
    lake.session_code.push({ ...at, code: 'L', sessions: Number(at.pupil) % 7 })
  }
  const oldest = {
    ...lake.pupil_state.find((row) => row.school === 20 && row.drop_id === 1)!,
    pupil: 2_999,
    year_group: '13',
  }
  lake.pupil_state.push(oldest)
  for (const [subject, grade] of [
    ['mathematics', 'A*'],
    ['history', 'B'],
    ['french', 'U'],
  ])
    lake.result.push({
      ...lake.result[0]!,
      pupil: oldest.pupil,
      school: 20,
      drop_id: 1,
      year_group: '13',
      assessment: `${subject}-a-level`,
      subject: subject!,
      class_id: null,
      raw: grade!,
      value: null,
      grade: grade!,
      status: 'result',
      expected: null,
      higher: null,
    })
  for (const { pupil, school, drop_id, academic_year, year_group } of lake.pupil_state) {
    const at = {
      pupil: pupil!,
      school: school!,
      drop_id: drop_id!,
      academic_year: academic_year!,
      year_group: year_group!,
    }
    if (drop_id === 2) continue
    lake.behaviour.push({ ...at, kind: 'praise', events: Number(pupil) % 5 })
    if (school === 20) lake.behaviour.push({ ...at, kind: 'behaviour', events: Number(pupil) % 3 })
    lake.exclusion.push({
      ...at,
      suspensions: Number(pupil) % 9 === 0 ? 2 : 0,
      permanent: Number(pupil) % 23 === 0 ? 1 : 0,
      reasons: '',
    })
  }
  // A result of someone who is not on roll counts nowhere.
  lake.result.push({ ...lake.result[0]!, pupil: 999_999 })
  return lake
}

const asLiteral = (value: Value): string =>
  value === null ? 'null' : typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)

export const insertRows = (table: string, rows: readonly Record<string, Value>[]): string => {
  if (rows.length === 0) return ''
  const names = Object.keys(rows[0]!)
  return `insert into ${table} (${names.join(', ')}) values ${rows
    .map((row) => `(${names.map((name) => asLiteral(row[name] ?? null)).join(', ')})`)
    .join(', ')};`
}
