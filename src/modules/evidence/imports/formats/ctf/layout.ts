/** A field of a CTF: one value, or a block of fields; several of them where `many`. Versions are the numbers before the point: 25 is 25.0, of 2025/26. */
export interface CtfField {
  readonly name: string
  readonly of?: readonly CtfField[]
  readonly many?: true
  readonly from?: number
  readonly to?: number
}

/** The last five versions, which schools’ systems still write. */
export const ctfVersions = [22, 23, 24, 25, 26] as const
export type CtfVersion = (typeof ctfVersions)[number]

const one = (name: string): CtfField => ({ name })
const block = (name: string, ...of: readonly CtfField[]): CtfField => ({ name, of })
const many = (name: string, ...of: readonly CtfField[]): CtfField => ({
  name,
  many: true,
  ...(of.length ? { of } : {}),
})
const ones = (names: string): CtfField[] => names.split(' ').map(one)

const header = block(
  'Header',
  ...ones('DocumentName CTFversion DateTime DocumentQualifier DataDescriptor SupplierID'),
  block('SourceSchool', ...ones('LEA Estab URN SchoolName AcademicYear')),
  block('DestSchool', ...ones('LEA Estab URN')),
)

const basicDetails = block(
  'BasicDetails',
  ...ones(
    'FormerUPN PreferredSurname PreferredForename FormerSurname FormerForename MiddleNames NCyearActual Ethnicity EthnicitySource',
  ),
  block('Languages', many('Type', ...ones('LanguageType Language'))),
  one('MedicalFlag'),
  block('Disabilities', many('Disability')),
  one('EnrolStatus'),
)

const stageAssessments = block(
  'StageAssessments',
  many(
    'KeyStage',
    one('Stage'),
    many(
      'StageAssessment',
      ...ones('Locale Year Subject Method Component ResultStatus ResultQualifier Result ResultDate'),
    ),
  ),
)

const pupil = many(
  'Pupil',
  ...ones('ApplicationReference UPN UniqueLearnerNumber UCI Surname Forename DOB'),
  { name: 'Gender', to: 22 },
  { name: 'Sex', from: 23 },
  basicDetails,
  block('LookedAfter', ...ones('InCare CareAuthority')),
  block(
    'FSMhistory',
    one('FSMreviewDate'),
    many('FSMinstance', ...ones('FSMstartDate FSMendDate UKcountry'), { name: 'FSMcategory', from: 26 }),
  ),
  block(
    'SENhistory',
    many('SEN', ...ones('StartDate SENprovision')),
    block('SENneeds', many('SENneed', ...ones('SENtypeRank SENtype'))),
  ),
  block(
    'Attendance',
    many(
      'YearData',
      ...ones('Year SessionsPossible SessionsAuthorised SessionsAttended SessionsUnauthorised'),
    ),
  ),
  stageAssessments,
  block('SchoolHistory', many('School', ...ones('LEA Estab SchoolName EntryDate LeavingDate LastSchool'))),
)

/** All of a CTF in DfE’s order of fields, for every version; a field has the versions in which it is written. */
export const ctfLayout = block('CTfile', header, block('CTFpupilData', pupil))

/** Is the field written in that version? */
export const inVersion = ({ from, to }: CtfField, version: number): boolean =>
  (from === undefined || from <= version) && (to === undefined || version <= to)
