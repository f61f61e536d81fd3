import { upnCheckLetter } from '../../../../../kernel/upn.ts'
import type { CtfTree } from './tree.ts'
import { writeCtf } from './write-ctf.ts'

const upn = (twelve: string) => upnCheckLetter(twelve) + twelve

const result = (
  Subject: string,
  Method: string,
  Component: string,
  Result: string,
  Year = '2025',
): CtfTree => ({
  Locale: 'ENG',
  Year,
  Subject,
  Method,
  Component,
  ResultStatus: 'R',
  Result,
})

/** A good CTF of one newcomer to Saltmarsh, from a school outside the trust. */
export const ctfTree = (version: number): CtfTree => ({
  Header: {
    DocumentName: 'Common Transfer File',
    CTFversion: `${version}.0`,
    DateTime: '2026-02-27T10:15:00',
    DocumentQualifier: 'partial',
    SupplierID: 'Harbour MIS',
    SourceSchool: { LEA: '999', Estab: '2990', SchoolName: 'Otter Vale Primary', AcademicYear: '2025' },
    DestSchool: { LEA: '999', Estab: '2001' },
  },
  CTFpupilData: {
    Pupil: [
      {
        UPN: upn(`9992990${version}801`),
        Surname: 'Quayle',
        Forename: 'Marnie',
        DOB: '2018-10-02',
        [version < 23 ? 'Gender' : 'Sex']: 'F',
        BasicDetails: {
          NCyearActual: '2',
          Ethnicity: 'WBRI',
          Languages: { Type: [{ LanguageType: 'F', Language: 'ENG' }] },
          EnrolStatus: 'C',
        },
        FSMhistory: { FSMinstance: [{ FSMstartDate: '2024-01-08', UKcountry: 'ENG' }] },
        SENhistory: { SEN: [{ StartDate: '2025-01-13', SENprovision: 'K' }] },
        Attendance: {
          YearData: [
            { Year: '2024', SessionsPossible: '380', SessionsAttended: '361', SessionsUnauthorised: '4' },
          ],
        },
        StageAssessments: {
          KeyStage: [{ Stage: 'KS1', StageAssessment: [result('ENG', 'TT', 'PHO', '34')] }],
        },
        SchoolHistory: {
          School: [
            {
              LEA: '999',
              Estab: '2990',
              SchoolName: 'Otter Vale Primary',
              EntryDate: '2023-09-04',
              LeavingDate: '2026-02-27',
            },
          ],
        },
      },
    ],
  },
})

export const ctfSample = (version: number): Buffer => Buffer.from(writeCtf(ctfTree(version), version))
