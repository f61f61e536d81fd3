import type { Writing } from '../../../platform/database/door.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { CharacteristicKind } from '../domain/characteristics.ts'

export interface Movement {
  readonly pupil: number
  readonly school: number
  readonly from: string
  readonly to?: string | null
}

export const enrol = (tx: Writing, trust_id: number, rows: readonly Movement[]) =>
  insertMany(
    tx,
    'organisation.enrolment',
    { trust_id: 'integer', school_id: 'integer', pupil_id: 'integer', from_day: 'date', to_day: 'date' },
    rows.map((row) => ({
      trust_id,
      school_id: row.school,
      pupil_id: row.pupil,
      from_day: row.from,
      to_day: row.to ?? null,
    })),
  )

export interface Placement {
  readonly pupil: number
  readonly school: number
  readonly academicYear: number
  readonly yearGroup: string
}

/** A pupil who has a year group at the school in the year keeps it. */
export const place = (tx: Writing, trust_id: number, rows: readonly Placement[]) =>
  insertMany(
    tx,
    'organisation.year_placement',
    {
      trust_id: 'integer',
      school_id: 'integer',
      pupil_id: 'integer',
      academic_year: 'integer',
      year_group: 'text',
    },
    rows.map((row) => ({
      trust_id,
      school_id: row.school,
      pupil_id: row.pupil,
      academic_year: row.academicYear,
      year_group: row.yearGroup,
    })),
    'keep',
  )

export interface ClassPlace {
  readonly pupil: number
  readonly school: number
  readonly class: number
  readonly from: string
  readonly to?: string | null
}

export const join = (tx: Writing, trust_id: number, rows: readonly ClassPlace[]) =>
  insertMany(
    tx,
    'organisation.class_member',
    {
      trust_id: 'integer',
      school_id: 'integer',
      class_id: 'integer',
      pupil_id: 'integer',
      from_day: 'date',
      to_day: 'date',
    },
    rows.map((row) => ({
      trust_id,
      school_id: row.school,
      class_id: row.class,
      pupil_id: row.pupil,
      from_day: row.from,
      to_day: row.to ?? null,
    })),
  )

export interface RecordedCharacteristic {
  readonly pupil: number
  readonly school: number
  readonly kind: CharacteristicKind
  readonly value: string
  readonly from: string
  readonly to?: string | null
}

export const describe = (tx: Writing, trust_id: number, rows: readonly RecordedCharacteristic[]) =>
  insertMany(
    tx,
    'organisation.characteristic',
    {
      trust_id: 'integer',
      school_id: 'integer',
      pupil_id: 'integer',
      kind: 'text',
      from_day: 'date',
      to_day: 'date',
      value: 'text',
    },
    rows.map((row) => ({
      trust_id,
      school_id: row.school,
      pupil_id: row.pupil,
      kind: row.kind,
      from_day: row.from,
      to_day: row.to ?? null,
      value: row.value,
    })),
  )
