import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ctfSample } from '../src/modules/evidence/imports/formats/ctf/sample.ts'
import { packageOf, zipOf } from '../src/modules/evidence/imports/formats/oneroster/sample.ts'

/** A file as a person would choose it from the own machine. */
export interface Chosen {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const lines = (...rows: readonly string[]) => `${rows.join('\r\n')}\r\n`
const csv = (name: string, ...rows: readonly string[]): Chosen => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines(...rows)),
})

interface Listed {
  readonly upn: string
  readonly surname: string
  readonly forename: string
  readonly year: string
}

/** Pupils of Gull Rock, as the spring file that waits in the demo’s folder names them: one with a good UPN each. */
export function gullRockPupils(data: string): Listed[] {
  const text = readFileSync(join(data, 'sample-files/gull-rock-spring-2026.csv'), 'latin1')
  const seen = new Map<string, Listed>()
  for (const line of text.split(/\r?\n/).slice(1)) {
    const [upn = '', surname = '', forename = '', , year = ''] = line.split(',')
    if (/^[A-Z]\d{12}$/.test(upn)) seen.set(upn, { upn, surname, forename, year })
  }
  return [...seen.values()]
}

/** Saltmarsh’s package of OneRoster 1.1: two new pupils, a teacher, a form and a class. */
export const roster = (): Chosen => ({
  name: 'saltmarsh-roster.zip',
  mimeType: 'application/zip',
  buffer: zipOf(packageOf('1.1')),
})

export const establishments = (): Chosen =>
  csv(
    'edubasealldata.csv',
    'URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate,CloseDate,PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,Gender (name),Trusts (code),Trusts (name),Town',
    '199101,999,2101,Cockle Bay Primary School,Academy converter,Open,01-09-2019,,Primary,4,11,Mixed,9901,TIDEWELL LEARNING TRUST,Cockle Bay',
    '199102,999,,Old Mill Academy,Academy sponsor led,Open,01-09-2021,,Secondary,,,Mixed,9901,TIDEWELL LEARNING TRUST,Old Mill',
    '19910,999,2103,No Such School,Academy converter,Open,01-09-2019,,Primary,4,11,Mixed,9901,TIDEWELL LEARNING TRUST,Cockle Bay',
  )

/** A transfer file of one newcomer to Saltmarsh. */
export const transfer = (): Chosen => ({
  name: '9992990_CTF_9992001_001.xml',
  mimeType: 'application/xml',
  buffer: ctfSample(25),
})

/** Two days of registers of Gull Rock: one code was not in use on its day, and one pupil is nobody’s. */
export const register = (data: string): Chosen =>
  csv(
    'register.csv',
    'UPN,Date,AM,PM',
    ...gullRockPupils(data)
      .slice(0, 20)
      .flatMap(({ upn }, at) => [
        `${upn},2026-01-12,/,\\`,
        `${upn},2026-01-13,${at % 5 === 0 ? 'L,\\' : at % 7 === 0 ? 'I,I' : '/,\\'}`,
      ]),
    'Z999999999999,2026-01-12,/,\\',
    `${gullRockPupils(data)[0]!.upn},2026-01-14,H,H`,
  )

export const behaviour = (data: string): Chosen =>
  csv(
    'behaviour.csv',
    'UPN,Date,Event',
    ...gullRockPupils(data)
      .slice(0, 12)
      .map(({ upn }, at) => `${upn},2026-01-1${at % 5},${at % 3 ? 'Praise' : 'Behaviour'}`),
  )

/** A shared test of Gull Rock, a column a question. */
export const sharedTest = (data: string): Chosen =>
  csv(
    'Year 5 arithmetic.csv',
    'UPN,Name,Q1,Q2a [2],Q2b,Q3',
    'Max marks,,1,2,1,3',
    'Topic,,Fractions,Fractions,Area,Area',
    ...gullRockPupils(data)
      .filter(({ year }) => year === '5')
      .slice(0, 24)
      .map(
        ({ upn, surname, forename }, at) =>
          `${upn},${forename} ${surname},${Number(at % 4 > 0)},${at % 3},${at % 5 ? 1 : ''},${at % 4}`,
      ),
  )

/** Marks of Gull Rock with several scales in one column. */
export const severalScales = (data: string): Chosen =>
  csv(
    'gull-rock-writing.csv',
    'UPN,Surname,Forename,Writing TA',
    ...gullRockPupils(data)
      .slice(0, 30)
      .map(
        ({ upn, surname, forename }, at) =>
          `${upn},${surname},${forename},${['EXS', 'WTS', 'EXS+', 'B', 'GDS', 'x', 'EXS'][at % 7]}`,
      ),
  )

export const staff = (): Chosen =>
  csv(
    'people.csv',
    'name,email,title,school,role,from,left',
    'Joan Liddell,joan.liddell@tidewell.example,Assistant head,199001,Subject leader,2026-03-20,',
    'Miriam Katz,miriam.katz@tidewell.example,Office manager,Gull Rock,School data manager,,',
    'Noor Aziz,noor.aziz@tidewell.example,Teacher,Nowhere Primary,Class teacher,,',
    'Neil Hart,neil.hart@tidewell.example,,,,,2026-04-30',
  )

/** A self-evaluation as a school kept it in Markdown, with headings of an older framework. */
export const selfEvaluation = (): Chosen => ({
  name: 'Self-evaluation 2025.md',
  mimeType: 'text/markdown',
  buffer: Buffer.from(`# Self-evaluation 2025

## The school in its setting

Saltmarsh is a primary school of 350 on the estuary.

## Outcomes for pupils

Pupils read well at the end of Key Stage 1. In Year 4 they fall behind, and disadvantaged pupils fall further.

### Strengths

- Phonics in Reception and Year 1
- Pupils with SEND do as well as others in reading

### Areas for development

- Fluency in Year 4
- Writing at length

## Behaviour and attitudes

Corridors are calm. Lateness in Year 6 has halved since September.
`),
})
