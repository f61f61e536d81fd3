import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

type Made<T> = ColumnType<T, T | undefined, T>
type Json<T> = ColumnType<T, string, string>
type JsonMade<T> = ColumnType<T, string | undefined, string>

export type ResultStatus = 'result' | 'absent' | 'not taken' | 'below test' | 'left' | 'other scale'
export type SnapshotReason = 'publish' | 'undo' | 'lock' | 'correction' | 'history' | 'move'
export type ImportStep = 'uploaded' | 'mapped' | 'checked' | 'published' | 'undone' | 'abandoned'
export type Fact = 'result' | 'pupil_state' | 'attendance' | 'session_code' | 'behaviour' | 'exclusion'

interface Tables04 {
  'evidence.scale': {
    trust_id: number
    scale_id: Generated<number>
    code: string
    name: string
    kind: 'number' | 'grade'
    low: number | null
    high: number | null
    step: number | null
    expected: number | null
    higher: number | null
    unit: Made<string>
    from_day: string
    to_day: string | null
  }
  'evidence.scale_grade': {
    trust_id: number
    scale_id: number
    code: string
    name: string
    points: number | null
    place: number
    status: Made<ResultStatus>
    expected: Made<boolean>
    higher: Made<boolean>
  }
  'evidence.assessment': {
    trust_id: number
    assessment_id: Generated<number>
    code: string
    name: string
    subject_id: number
    scale_id: number
    kind: Made<'termly' | 'statutory'>
  }
  'evidence.drop': {
    trust_id: number
    drop_id: Generated<number>
    code: string
    name: string
    academic_year: number
    term: number
    kind: Made<'termly' | 'statutory'>
    purpose: string
    decides: string
    minutes: number
    opens: string
    due: string
    as_at: string
    opened_by: number | null
    opened_at: Made<Date>
  }
  'evidence.drop_assessment': {
    trust_id: number
    drop_id: number
    assessment_id: number
    year_group: string
  }
  'evidence.drop_request': {
    trust_id: number
    drop_id: number
    school_id: number
    person_id: number | null
    due: string
  }
  'evidence.upload': {
    trust_id: number
    upload_id: Generated<number>
    school_id: number | null
    name: string
    sha256: string
    bytes: number
    uploaded_by: number | null
    uploaded_at: Made<Date>
    let_go_at: Made<Date | null>
  }
  /** `reading`, `mapping`, `answers` and `checked` are the shapes of `imports/domain`. */
  'evidence.import': {
    trust_id: number
    import_id: Generated<number>
    drop_id: number
    school_id: number | null
    upload_id: number
    reading: JsonMade<unknown>
    mapping: Json<unknown> | null
    answers: JsonMade<unknown>
    checked: Json<unknown> | null
  }
  'evidence.import_step': {
    trust_id: number
    import_step_id: Generated<number>
    import_id: number
    school_id: number | null
    step: ImportStep
    at: Made<Date>
    person_id: number | null
    snapshot: number | null
  }
  'evidence.remembered_mapping': {
    trust_id: number
    remembered_mapping_id: Generated<number>
    school_id: number | null
    heading: string
    target: Json<unknown>
    from_drop: number | null
    at: Made<Date>
  }
  'evidence.sign_off': {
    trust_id: number
    sign_off_id: Generated<number>
    drop_id: number
    school_id: number
    snapshot: number
    at: Made<Date>
    person_id: number
    withdrawn_at: Date | null
    withdrawn_by: number | null
    withdrawn_why: string | null
  }
  'evidence.check_answer': {
    trust_id: number
    check_answer_id: Generated<number>
    drop_id: number
    school_id: number | null
    finding: string
    answer: string
    at: Made<Date>
    person_id: number
  }
  'evidence.reminder': {
    trust_id: number
    reminder_id: Generated<number>
    drop_id: number
    school_id: number
    to_person: number
    at: Made<Date>
    sent_by: number | null
  }
  'evidence.snapshot': {
    trust_id: number
    snapshot: number
    drop_id: number
    school_id: number | null
    reason: SnapshotReason
    note: Made<string>
    at: Made<Date>
    person_id: number | null
  }
  'evidence.drop_lock': {
    trust_id: number
    drop_id: number
    snapshot: number
    at: Made<Date>
    person_id: number
  }
  'evidence.lake_file': {
    trust_id: number
    lake_file_id: GeneratedAlways<number>
    fact: Fact
    academic_year: number
    drop_id: number
    school_id: number
    import_id: number | null
    path: string
    rows: number
    bytes: number
    sha256: string
    added_in: number
    removed_in: number | null
    in_trust: Made<boolean>
  }
  'evidence.calendar_feed': {
    trust_id: number
    person_id: number
    token_hash: string
    made_at: Made<Date>
    revoked_at: Date | null
  }
}

export type FileDeed = 'read' | 'columns' | 'rows' | 'publish' | 'undo'

interface Tables10 {
  /** `wish` is the shape of `imports/work`. */
  'evidence.file_work': {
    trust_id: number
    job_id: string
    drop_id: number
    school_id: number | null
    import_id: number | null
    deed: FileDeed
    file: string
    wish: JsonMade<unknown>
    person_id: number | null
    asked_at: Made<Date>
    told_at: Date | null
  }
}

export type DeliveryStep = 'brought' | 'put in' | 'set aside' | 'undone'

interface Tables32 {
  'evidence.paper': {
    trust_id: number
    paper_id: Generated<number>
    title: string
    academic_year: number
  }
  'evidence.paper_question': {
    trust_id: number
    paper_id: number
    place: number
    label: string
    most: number
    topic: Made<string>
  }
  'evidence.question_mark': {
    trust_id: number
    school_id: number
    paper_id: number
    pupil_id: number
    place: number
    mark: number | null
  }
}

interface Tables31 {
  'evidence.upload_key': {
    trust_id: number
    upload_key_id: Generated<number>
    school_id: number | null
    name: string
    token_hash: string
    publishes: boolean
    made_at: Made<Date>
    made_by: number | null
    revoked_at: Date | null
    revoked_by: number | null
    used_at: Date | null
  }
  'evidence.sending': {
    trust_id: number
    sending_id: Generated<number>
    upload_key_id: number
    idempotency_key: string | null
    asked: string
    name: string
    status: number | null
    answer: ColumnType<unknown, string | null, string | null>
    /** What `receiving/send-by-key.ts` keeps of what was asked. */
    wish: JsonMade<unknown>
    job_id: Made<string | null>
    at: Made<Date>
  }
}

interface Tables92 {
  /** `wish` is the shape of `deliveries/work`. */
  'evidence.delivery_work': {
    trust_id: number
    job_id: string
    school_id: number | null
    delivery_id: number | null
    deed: 'read' | 'put in'
    file: string
    wish: JsonMade<unknown>
    person_id: number | null
    asked_at: Made<Date>
    told_at: Date | null
  }
}

interface Tables30 {
  'evidence.delivery': {
    trust_id: number
    delivery_id: Generated<number>
    school_id: number | null
    upload_id: number
    format: string
    says: string
    wish: Json<unknown>
    planned: Json<unknown>
  }
  'evidence.delivery_change': {
    trust_id: number
    delivery_change_id: Generated<number>
    delivery_id: number
    tab: string
    deed: 'INSERT' | 'UPDATE' | 'DELETE'
    key: Json<unknown>
    before: Json<unknown> | null
    after_hash: string | null
    pupil_id: number | null
  }
  'evidence.delivery_step': {
    trust_id: number
    delivery_step_id: Generated<number>
    delivery_id: number
    school_id: number | null
    step: DeliveryStep
    at: Made<Date>
    person_id: number | null
  }
}

export type RewritingWhy = 'erased' | 'kept long enough' | 'records joined' | 'records parted'
export type LeavingStore = 'lake' | 'files'

interface Tables90 {
  'evidence.lake_rewriting': {
    trust_id: number
    lake_rewriting_id: Generated<number>
    at: Date
    why: RewritingWhy
    files: number
  }
  'evidence.leaving_file': {
    trust_id: number
    leaving_file_id: Generated<number>
    store: LeavingStore
    name: string
    listed_at: Date
    gone_at: Date | null
  }
}

declare module '../../platform/database/tables.ts' {
  interface Tables extends Tables04, Tables10, Tables30, Tables31, Tables32, Tables90, Tables92 {}
}
