import { upnCheckLetter } from '../../../../kernel/upn.ts'
import { ctfVersions } from './ctf/layout.ts'
import { ctfSample } from './ctf/sample.ts'
import { conductEvents, exclusionEvents, registerDays, registerSummary } from './facts/sample.ts'
import { packageOf, zipOf } from './oneroster/sample.ts'

/** A good file of each importer, small and made up: what the contract’s tests cut, break and send twice. */
export interface Sample {
  readonly importer: string
  readonly name: string
  readonly bytes: Buffer
  /** Whose file it is in the test’s world; the whole trust’s when not said. */
  readonly school?: 'saltmarsh' | 'gullRock' | 'northquay'
  /** It holds results for a drop and nothing else. */
  readonly results?: true
}

/** The first two pupils of Saltmarsh in the test’s world. */
const saltmarsh = ['001', '002'].map((serial) => {
  const twelve = `999200120${serial}`
  return upnCheckLetter(twelve) + twelve
})

const lines = (...rows: string[]) => Buffer.from(`${rows.join('\r\n')}\r\n`)

const establishments = lines(
  '"URN","LA (code)","EstablishmentNumber","EstablishmentName","TypeOfEstablishment (name)","EstablishmentStatus (name)","OpenDate","CloseDate","PhaseOfEducation (name)","StatutoryLowAge","StatutoryHighAge","Gender (name)","Trusts (code)","Trusts (name)","Town"',
  '"199101","999","2101","Cockle Bay Primary School","Academy converter","Open","01-09-2019","","Primary","4","11","Mixed","9901","TIDEWELL LEARNING TRUST","Saltmarsh"',
  '"199102","999","4101","Cockle Bay Academy","Academy sponsor led","Open","01-09-2021","","Secondary","11","16","Girls","9901","TIDEWELL LEARNING TRUST","Saltmarsh"',
)

const links = lines(
  'URN,LinkURN,LinkName,LinkType,LinkEstablishedDate',
  '199001,199901,Saltmarsh Community School,Predecessor,01-09-2017',
)

const groups = lines(
  'Group UID,Group ID,Group Name,Companies House Number,Group Type (code),Group Type',
  '9901,TR09901,TIDEWELL LEARNING TRUST,9900991,06,Multi-academy trust',
)

const arithmetic = lines(
  'Surname,Forename,Q1,Q2a [2],Q2b',
  'Max marks,,1,2,1',
  'Topic,,Fractions,Fractions,Area',
  'Ahmed,Zara,1,2,0',
  'Bell,Tom,0,1,',
)

export const samples: readonly Sample[] = [
  { importer: 'gias', name: 'establishments.csv', bytes: establishments },
  { importer: 'gias', name: 'links.csv', bytes: links },
  { importer: 'gias', name: 'groups.csv', bytes: groups },
  { importer: 'oneroster', name: 'oneroster-1.1.zip', bytes: zipOf(packageOf('1.1')) },
  { importer: 'oneroster', name: 'oneroster-1.2.zip', bytes: zipOf(packageOf('1.2')), school: 'gullRock' },
  { importer: 'register', name: 'register.csv', bytes: registerDays(saltmarsh), school: 'saltmarsh' },
  {
    importer: 'register',
    name: 'register-summary.csv',
    bytes: registerSummary(saltmarsh),
    school: 'saltmarsh',
  },
  { importer: 'behaviour', name: 'behaviour.csv', bytes: conductEvents(saltmarsh), school: 'saltmarsh' },
  { importer: 'exclusions', name: 'exclusions.csv', bytes: exclusionEvents(saltmarsh), school: 'saltmarsh' },
  {
    importer: 'eyfs',
    name: 'profile.csv',
    bytes: lines(
      'UPN,COM_E01,COM_E02,PSE_E03,PSE_E04,PSE_E05,PHY_E06,PHY_E07,LIT_E08,LIT_E09,LIT_E10,MAT_E11,MAT_E12,UTW_E13',
      `${saltmarsh[0]},2,2,2,2,2,2,2,2,2,2,2,2,1`,
      `${saltmarsh[1]},2,2,2,2,2,2,2,2,1,1,2,2,2`,
    ),
    school: 'saltmarsh',
    results: true,
  },
  ...ctfVersions.map(
    (version): Sample => ({
      importer: 'ctf',
      name: `ctf-${version}.xml`,
      bytes: ctfSample(version),
      school: 'saltmarsh',
    }),
  ),
  { importer: 'questions', name: 'arithmetic.csv', bytes: arithmetic, school: 'gullRock' },
]
