import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import writeExcelFile, { type Row } from 'write-excel-file/node'
import type { House } from '../../platform/house.ts'
import type { DemoWorld } from './demo-world.ts'
import type { Levels } from './levels.ts'
import { plantedFileFaults } from './planted.ts'
import { csv, dayAs, type FileLine, linesOf } from './school-files.ts'

/** Where a visitor of the demo finds the two files that are still to be sent. */
export const sampleFolder = (data: string): string => join(data, 'sample-files')

const nameOf = ({ on }: FileLine) => `${on.pupil.forename} ${on.pupil.surname}`

const leftOutOne = (upn: string) => upn.slice(0, 4) + upn.slice(5)

const termly = ['reading-scaled', 'writing-teacher', 'maths-scaled'] as const

/** Writes both files, with the faults that people make. The answer: their paths. */
export async function writeSampleFiles(
  house: House,
  world: DemoWorld,
  levels: Levels,
  absence: readonly number[],
): Promise<{ saltmarsh: string; gullRock: string }> {
  const folder = sampleFolder(house.config.data)
  await mkdir(folder, { recursive: true })
  const linesFor = (slug: string) =>
    linesOf(
      world,
      levels,
      absence,
      world.drops.length - 1,
      world.schools.findIndex((school) => school.slug === slug),
    )
  const saltmarsh = join(folder, plantedFileFaults.saltmarsh.file)
  await writeExcelFile(markSheet(linesFor('saltmarsh')) as never, { sheet: 'Spring' }).toFile(saltmarsh)
  const gullRock = join(folder, plantedFileFaults.gullRock.file)
  await writeFile(gullRock, windows1252(longList(linesFor('gull-rock'))))
  return { saltmarsh, gullRock }
}

/** Saltmarsh's own sheet: a column for each subject, typed by hand in places. */
function markSheet(lines: readonly FileLine[]): Row[] {
  const faults = plantedFileFaults.saltmarsh
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const })
  const head = [
    'UPN',
    'Surname',
    'Forename',
    'Yr',
    'Class',
    'Reading SS',
    'Writing',
    'Maths SS',
    'Possible',
    'Auth',
    'Unauth',
    'Notes',
  ].map(bold)
  const rows = lines
    .filter((line) => line.marks.size > 0 || line.attendance)
    .flatMap((line) => {
      const name = nameOf(line)
      const [reading, writing, maths] = termly.map((code) => line.marks.get(code) ?? '')
      const upn = name === faults.shortUpn ? leftOutOne(line.on.pupil.upn) : line.on.pupil.upn
      const row: Row = [
        cell(upn),
        cell(line.on.pupil.surname),
        cell(line.on.pupil.forename),
        cell(line.on.yearGroup),
        cell(line.form),
        cell(name === faults.letterForDigit.pupil ? faults.letterForDigit.says : reading!, true),
        cell(writing!),
        cell(maths!, true),
        ...(line.attendance
          ? [line.attendance.possible, line.attendance.authorised, line.attendance.unauthorised].map(
              (value) => ({ value, type: Number }),
            )
          : [null, null, null]),
        cell(reading === 'A' ? 'Off with flu, will sit it after Easter' : ''),
      ]
      return name === faults.twice ? [row, row] : [row]
    })
  const [forename, surname] = faults.unknown.split(' ')
  const newcomer: Row = [
    null,
    cell(surname!),
    cell(forename!),
    cell('3'),
    cell('3L'),
    cell('97', true),
    cell('WTS'),
    cell('99', true),
    null,
    null,
    null,
    cell('started Monday'),
  ]
  return [head, ...rows, newcomer] as Row[]
}

const cell = (value: string, number = false) => {
  if (value === '') return null
  return number && /^\d+$/.test(value) ? { value: Number(value), type: Number } : { value, type: String }
}

/** Gull Rock's export: a line for each pupil and assessment. */
function longList(lines: readonly FileLine[]): string {
  const faults = plantedFileFaults.gullRock
  const words = {
    'reading-scaled': 'Reading SS',
    'writing-teacher': 'Writing TA',
    'maths-scaled': 'Maths SS',
  }
  const rows = lines.flatMap((line) => {
    const name = nameOf(line)
    const nobody = name === faults.noUpn && line.form === '6A'
    const upn = nobody ? '' : name === faults.shortUpn ? leftOutOne(line.on.pupil.upn) : line.on.pupil.upn
    const born = nobody
      ? ''
      : name === faults.notADay.pupil
        ? faults.notADay.says
        : dayAs(line.on.pupil.born, 'dd/mm/yyyy')
    const about = [
      upn,
      line.on.pupil.surname,
      line.on.pupil.forename,
      born,
      line.on.yearGroup,
      nobody ? '' : line.form,
    ]
    const sessions = line.attendance
      ? [line.attendance.possible, line.attendance.authorised, line.attendance.unauthorised].map(String)
      : ['', '', '']
    const marks = termly.flatMap((code) => {
      const raw = line.marks.get(code)
      if (raw === undefined) return []
      const says =
        name === faults.letterForDigit.pupil && words[code] === faults.letterForDigit.assessment
          ? faults.letterForDigit.says
          : raw
      return [[...about, words[code], says, '12/03/2026', ...sessions]]
    })
    return marks.length > 0 ? marks : [[...about, '', '', '', ...sessions]]
  })
  return csv(
    [
      [
        'UPN',
        'Surname',
        'Forename',
        'DOB',
        'Yr',
        'Class',
        'Assessment',
        'Result',
        'Date taken',
        'Possible',
        'Auth',
        'Unauth',
      ],
      ...rows,
    ],
    ',',
  )
}

const above: Readonly<Record<string, number>> = {
  '’': 0x92,
  '‘': 0x91,
  '–': 0x96,
  '—': 0x97,
  Š: 0x8a,
  š: 0x9a,
  Ž: 0x8e,
  ž: 0x9e,
  '€': 0x80,
}

/** Windows-1252, as Excel on a school's machine still saves a CSV. @throws when a character has no place in it. */
export function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = above[character] ?? character.codePointAt(0)!
    if (code > 0xff) throw new Error(`${character} has no place in Windows-1252.`)
    return code
  })
}
