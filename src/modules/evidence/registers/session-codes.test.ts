import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { absentAtLeast, sessionCode, tally } from './session-codes.ts'

const published = join(
  import.meta.dirname,
  '../../../../../shared/data/dfe-attendance/EES_ytd_data_202526.csv',
)

/** The columns of DfE’s file that count sessions by code. */
const columns: Readonly<Record<string, string>> = {
  reason_present_am: '/',
  reason_present_pm: '\\',
  reason_l_present_late_before_registers_closed: 'L',
  reason_i_authorised_illness: 'I',
  reason_m_authorised_medical_dental: 'M',
  reason_r_authorised_religious_observance: 'R',
  reason_s_authorised_study_leave: 'S',
  reason_t_authorised_mobile_child: 'T',
  reason_e_authorised_excluded: 'E',
  reason_c_authorised_other: 'C',
  reason_c1_authorised_regulated_performance: 'C1',
  reason_j1_authorised_interview: 'J1',
  reason_c2_authorised_temp_reduced_timetable: 'C2',
  reason_b_aea_education_off_site: 'B',
  reason_p_aea_approved_sporting_activity: 'P',
  reason_v_aea_educational_visit_trip: 'V',
  reason_w_aea_work_experience: 'W',
  reason_k_aea_education_arranged_by_la: 'K',
  reason_g_unauthorised_holiday: 'G',
  reason_u_unauthorised_late_after_registers_closed: 'U',
  reason_o_other_unauthorised: 'O',
  reason_n_no_reason_yet: 'N',
}

/** Codes that ended in August 2024; a few schools still send them, and DfE counts them as they counted then. */
const ended: Readonly<Record<string, string>> = {
  reason_h_authorised_holiday: 'H',
  reason_j_aea_interview: 'J',
}

describe('against DfE’s attendance of 2025/26', () => {
  it('our rates from session counts are the published ones in all 643 rows that have any', (test) => {
    if (!existsSync(published)) return test.skip('DfE’s file is not here.')
    const rows = (
      parse(readFileSync(published), { columns: true, bom: true }) as Record<string, string>[]
    ).filter((row) => Number(row.possible_sessions) > 0)
    expect(rows).toHaveLength(643)
    let more = 0
    for (const row of rows) {
      const counted = (of: Readonly<Record<string, string>>, day: string) =>
        tally(
          Object.entries(of).map(([column, code]) => [code, Number(row[column])]),
          day,
        )
      const [now, then] = [counted(columns, '2025-09-01'), counted(ended, '2024-07-01')]
      // 51 rows hold up to a few sessions of authorised absence more than their columns: a code of 2013 that has no column.
      const without = Number(row.authorised_absence) - now.authorised - then.authorised
      if (without !== 0) more++
      expect(without / now.possible).toBeLessThan(0.00001)
      const older = tally([['F', without]], '2013-01-01')
      const sum = {
        possible: now.possible + then.possible + older.possible,
        attended: now.attended + then.attended,
        authorised: now.authorised + then.authorised + older.authorised,
        unauthorised: now.unauthorised + then.unauthorised,
        late: now.late,
      }
      const of = (part: number) => (100 * part) / sum.possible
      const name = [row.la_name, row.region_name, row.education_phase].join(' ')
      expect(sum.possible, name).toBe(Number(row.possible_sessions))
      expect(sum.attended, name).toBe(Number(row.overall_attendance))
      expect(sum.authorised, name).toBe(Number(row.authorised_absence))
      expect(sum.unauthorised, name).toBe(Number(row.unauthorised_absence))
      expect(sum.late, name).toBe(Number(row.late_sessions))
      expect(of(sum.attended), name).toBeCloseTo(Number(row.attendance_perc), 8)
      expect(of(sum.authorised + sum.unauthorised), name).toBeCloseTo(Number(row.overall_absence_perc), 8)
      expect(of(sum.authorised), name).toBeCloseTo(Number(row.authorised_absence_perc), 8)
      expect(of(sum.unauthorised), name).toBeCloseTo(Number(row.unauthorised_absence_perc), 8)
    }
    expect(more).toBe(51)
  })

  it('England adds up exactly', () => {
    const [present, elsewhere, missed] = [2_245_897_896, 31_197_486, 168_324_305]
    const sum = tally(
      [
        ['/', present],
        ['B', elsewhere],
        ['I', missed],
      ],
      '2025-09-01',
    )
    expect(sum).toMatchObject({ attended: 2_277_095_382, possible: 2_445_419_687 })
  })
})

describe('a code counts by the rules of its day', () => {
  it.each([
    ['J', '2024-07-01', 'educated elsewhere'],
    ['J', '2024-09-02', undefined],
    ['J1', '2024-07-01', undefined],
    ['J1', '2024-09-02', 'authorised'],
    ['H', '2024-08-18', 'authorised'],
    ['H', '2024-08-19', undefined],
    ['Y', '2023-10-02', 'not possible'],
    ['Y3', '2025-10-02', 'not possible'],
    ['q', '2025-10-02', 'not possible'],
    ['u', '2025-10-02', 'unauthorised'],
    ['?', '2025-10-02', undefined],
  ])('%s on %s', (code, day, treatment) => {
    expect(sessionCode(code, day)?.treatment).toBe(treatment)
  })

  it('a code of another time is refused, not counted', () => {
    expect(() => tally([['J', 1]], '2025-10-02')).toThrow('not a code of the register')
  })
})

it.each([
  [38, 380, 0.1, true],
  [37, 380, 0.1, false],
  [190, 380, 0.5, true],
  [189, 380, 0.5, false],
  [0, 0, 0.1, false],
] as const)('%i of %i missed: at least %f is %s', (missed, possible, share, is) => {
  expect(absentAtLeast({ possible, authorised: missed, unauthorised: 0 }, share)).toBe(is)
})
