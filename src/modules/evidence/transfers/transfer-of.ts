import type { DatedCharacteristic, Leaver, School } from '../../organisation/index.ts'
import { stageAssessments } from '../imports/formats/ctf/stage-assessments.ts'
import type { CtfTree } from '../imports/formats/ctf/tree.ts'

/** A statutory result of a pupil, as the school wrote it. */
export interface ResultHeld {
  readonly pupil: number
  readonly assessment: string
  readonly academicYear: number
  readonly raw: string
}

interface TransferMade {
  readonly school: School
  readonly leavers: readonly Leaver[]
  readonly facts: ReadonlyMap<number, readonly DatedCharacteristic[]>
  readonly results: readonly ResultHeld[]
  /** LAESTAB, or empty. */
  readonly dest: string
  readonly version: number
  readonly academicYear: number
  readonly at: Date
}

const numbered = (laestab: string | null, unknown: CtfTree = { LEA: 'XXX', Estab: 'XXXX' }): CtfTree =>
  laestab ? { LEA: laestab.slice(0, 3), Estab: laestab.slice(3) } : unknown

/** What a school knows of its leavers, as the tree of a CTF. Pure. */
export function transferOf(made: TransferMade): CtfTree {
  const { school, leavers, facts, results } = made
  const byPupil = Map.groupBy(results, ({ pupil }) => pupil)
  return {
    Header: {
      DocumentName: 'Common Transfer File',
      CTFversion: `${made.version}.0`,
      DateTime: made.at.toISOString().slice(0, 19),
      DocumentQualifier: 'partial',
      SupplierID: 'Throughline',
      SourceSchool: {
        ...numbered(school.laestab),
        URN: school.urn,
        SchoolName: school.name,
        AcademicYear: String(made.academicYear),
      },
      DestSchool: numbered(made.dest || null),
    },
    CTFpupilData: {
      Pupil: leavers.map((one) =>
        pupilOf(one, facts.get(one.pupil) ?? [], byPupil.get(one.pupil) ?? [], made),
      ),
    },
  }
}

function pupilOf(
  one: Leaver,
  facts: readonly DatedCharacteristic[],
  results: readonly ResultHeld[],
  { school, version }: TransferMade,
): CtfTree {
  const of = (kind: string) => facts.filter((fact) => fact.kind === kind)
  const last = (kind: string) => of(kind).at(-1)?.value
  const language = last('first-language')
  const need = last('sen-need')
  const stages = stagesOf(facts, results)
  return {
    ...(one.upn ? { UPN: one.upn } : {}),
    Surname: one.surname,
    Forename: one.forename,
    ...(one.born ? { DOB: one.born } : {}),
    ...(last('sex') ? { [version < 23 ? 'Gender' : 'Sex']: last('sex')! } : {}),
    BasicDetails: {
      ...(one.yearGroup ? { NCyearActual: one.yearGroup } : {}),
      ...(last('ethnicity') ? { Ethnicity: last('ethnicity')! } : {}),
      ...(language ? { Languages: { Type: [{ LanguageType: 'F', Language: language }] } } : {}),
      EnrolStatus: 'P',
    },
    ...(last('looked-after') === 'Y' ? { LookedAfter: { InCare: 'true' } } : {}),
    ...(of('fsm').length
      ? {
          FSMhistory: {
            FSMinstance: of('fsm').map(({ value, from, to }) => ({
              FSMstartDate: from,
              ...(to ? { FSMendDate: to } : {}),
              UKcountry: 'ENG',
              ...(value === 'FSM' ? {} : { FSMcategory: value }),
            })),
          },
        }
      : {}),
    ...(of('sen-provision').length || need
      ? {
          SENhistory: {
            ...(of('sen-provision').length
              ? {
                  SEN: of('sen-provision').map(({ value, from }) => ({
                    StartDate: from,
                    SENprovision: value,
                  })),
                }
              : {}),
            ...(need ? { SENneeds: { SENneed: [{ SENtypeRank: '1', SENtype: need }] } } : {}),
          },
        }
      : {}),
    ...(stages.length ? { StageAssessments: { KeyStage: stages } } : {}),
    SchoolHistory: {
      School: [
        {
          ...numbered(school.laestab),
          SchoolName: school.name,
          EntryDate: one.from,
          LeavingDate: one.to,
          LastSchool: 'true',
        },
      ],
    },
  }
}

/** Prior attainment on record goes by the codes of the results it came from. */
const priorCodes: Readonly<Record<string, string>> = {
  'ks2-reading': 'ks2-reading',
  'ks2-mathematics': 'ks2-maths',
}

function stagesOf(facts: readonly DatedCharacteristic[], results: readonly ResultHeld[]): CtfTree[] {
  const held = [
    ...results.map(({ assessment, academicYear, raw }) => ({ to: assessment, year: academicYear + 1, raw })),
    ...facts.flatMap(({ kind, value, from }) =>
      priorCodes[kind] ? [{ to: priorCodes[kind]!, year: Number(from.slice(0, 4)), raw: value }] : [],
    ),
  ]
  const once = new Map(held.toReversed().map((one) => [`${one.to} ${one.year}`, one]))
  const rows = [...once.values()].toReversed().flatMap(({ to, year, raw }) => {
    const row = stageAssessments.find(
      (one) => one.to === to && !one.goal && one.first <= year && (one.last ?? year) >= year,
    )
    return row ? [{ row, year, raw }] : []
  })
  return [...Map.groupBy(rows, ({ row }) => row.stage)].map(([Stage, many]) => ({
    Stage,
    StageAssessment: many.map(({ row, year, raw }) => ({
      Locale: 'ENG',
      Year: String(year),
      Subject: row.subject,
      Method: row.method ?? 'TT',
      Component: row.component,
      ResultStatus: 'R',
      ...(row.qualifier ? { ResultQualifier: row.qualifier } : {}),
      Result: raw,
    })),
  }))
}
