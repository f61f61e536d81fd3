import type { Generated, GeneratedAlways } from 'kysely'
import type { Day } from '../../kernel/days.ts'

interface OfTrust {
  trust_id: number
}
interface OfSchool extends OfTrust {
  school_id: number
}
interface Dated {
  from_day: Day
  to_day: Day | null
}

export type Phase = 'primary' | 'secondary' | 'special' | 'all-through'

/** A pupil on two rolls on one day; pupils, or staff, whom a whole roster no longer lists. */
export type RollQuestionKind = 'two rolls' | 'left' | 'staff left'
export type RollSays = 'moved' | 'dual' | 'not the same' | 'left' | 'still here' | 'asked anew'

declare module '../../platform/database/tables.ts' {
  interface Tables {
    'organisation.trust': {
      trust_id: Generated<number>
      slug: string
      name: string
      companies_house: string | null
      vision: string | null
      created_at: Generated<Date>
    }
    'organisation.cluster': OfTrust & { cluster_id: Generated<number>; name: string }
    'organisation.school': OfTrust & {
      school_id: Generated<number>
      urn: string
      laestab: string | null
      slug: string
      name: string
      short_name: string
      local_code: string | null
      phase: Phase
      admits: Generated<'mixed' | 'girls' | 'boys'>
      low_age: number | null
      high_age: number | null
      cluster_id: number | null
      motto: string | null
    }
    'organisation.school_predecessor': OfSchool & {
      urn: string
      laestab: string | null
      until_day: Day | null
    }
    'organisation.membership': OfSchool &
      Dated & { joining_known: Generated<boolean>; why: Generated<string> }
    'organisation.subject': OfTrust & { subject_id: Generated<number>; code: string; name: string }
    'organisation.department': OfSchool & { department_id: Generated<number>; name: string }
    'organisation.department_subject': OfSchool & { department_id: number; subject_id: number }
    'organisation.person': OfTrust & {
      person_id: Generated<number>
      name: string
      email: string
      title: Generated<string>
      left_on: Day | null
    }
    'organisation.post': OfTrust &
      Dated & { post_id: Generated<number>; person_id: number; school_id: number | null; title: string }
    'organisation.class': OfSchool & {
      class_id: Generated<number>
      academic_year: number
      name: string
      year_group: string
      kind: Generated<'form' | 'teaching'>
      subject_id: number | null
      department_id: number | null
    }
    'organisation.class_teacher': OfSchool & Dated & { class_id: number; person_id: number }
    'organisation.pupil': OfTrust & {
      pupil_id: Generated<number>
      upn: string | null
      local_id: string | null
      surname: Generated<string>
      forename: Generated<string>
      born: Day | null
      /** Surname and forename without accents, apostrophes and capitals. */
      sought: GeneratedAlways<string>
    }
    'organisation.former_upn': OfTrust & { upn: string; pupil_id: number }
    'organisation.enrolment': OfSchool & Dated & { enrolment_id: Generated<number>; pupil_id: number }
    'organisation.year_placement': OfSchool & { pupil_id: number; academic_year: number; year_group: string }
    'organisation.class_member': OfSchool & Dated & { class_id: number; pupil_id: number }
    'organisation.class_follows': OfSchool & {
      class_id: number
      from_school_id: number
      from_class_id: number
      day: Day
    }
    'organisation.merger': OfSchool & { from_school_id: number; day: Day }
    'organisation.roll_question': OfSchool & {
      roll_question_id: Generated<number>
      kind: RollQuestionKind
      other_school_id: number | null
      main_school_id: number | null
      day: Day
      until_day: Day | null
      of: Generated<number>
      asked_at: Date
      asked_by: number | null
    }
    'organisation.roll_question_pupil': OfSchool & {
      roll_question_id: number
      other_school_id: number | null
      pupil_id: number
    }
    'organisation.roll_question_person': OfSchool & {
      roll_question_id: number
      other_school_id: number | null
      person_id: number
    }
    'organisation.roll_answer': OfSchool & {
      roll_answer_id: Generated<number>
      roll_question_id: number
      other_school_id: number | null
      says: RollSays
      main_school_id: number | null
      day: Day | null
      takes_effect: boolean
      at: Date
      person_id: number | null
    }
    'organisation.characteristic': OfSchool & Dated & { pupil_id: number; kind: string; value: string }
  }
}
