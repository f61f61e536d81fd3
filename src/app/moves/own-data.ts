import { createHash } from 'node:crypto'
import { zipSync } from 'fflate'
import { academicYearOf } from '../../kernel/academic-year.ts'
import { dayName } from '../../kernel/days.ts'
import { count } from '../../kernel/numbers.ts'
import { NotHere, Refusal } from '../../kernel/refusal.ts'
import { may } from '../../kernel/viewer.ts'
import { audit } from '../../modules/access/index.ts'
import {
  assessments,
  drops,
  latestSnapshot,
  snapshotFiles,
  transferOfPupils,
} from '../../modules/evidence/index.ts'
import { evaluationLines, exportEvaluation, exportPlan, planLines } from '../../modules/improvement/index.ts'
import { evaluationPaper, planPaper } from '../../modules/improvement/routes.tsx'
import {
  classesOf,
  type HeldPupil,
  pupilFacts,
  pupilsHeld,
  type School,
  schoolById,
  trustOf,
} from '../../modules/organisation/index.ts'
import { read } from '../../platform/database/door.ts'
import { literal } from '../../platform/lake/duck.ts'
import { type SheetCell, toCsv } from '../../platform/spreadsheet.ts'
import type { Viewer } from '../../platform/viewer.ts'

export interface OwnData {
  /** `otter-vale-own-data-2026-03-20.zip` */
  readonly name: string
  readonly zip: Uint8Array
  /** Names of the files in it, with what each holds. */
  readonly files: readonly (readonly [name: string, what: string])[]
  readonly pupils: number
}

/** May the viewer take all of a school’s own data away? Whoever sees its pupils, sends its results and reads its trail. */
export const mayTakeOwnData = (viewer: Viewer, school: number): boolean =>
  (['see pupils', 'send results', 'see audit'] as const).every((deed) => may(viewer, deed, { school }))

/**
 * All that the trust holds of one school, as files that other systems read: roll, characteristics, classes, results, attendance,
 * behaviour, exclusions, a transfer file, its self-evaluations and plans. Taking it is a line of the audit trail. @throws NotHere
 */
export async function ownData(viewer: Viewer, id: number): Promise<OwnData> {
  if (!mayTakeOwnData(viewer, id)) throw new NotHere()
  const [school, trust] = [await schoolById(viewer, id), await trustOf(viewer)]
  const pupils = await pupilsHeld(viewer, id)
  const files: { name: string; what: string; content: Uint8Array }[] = []
  const put = (name: string, what: string, content: string | Uint8Array) =>
    files.push({
      name,
      what,
      content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    })
  const sheet = async (
    name: string,
    what: string,
    heads: readonly string[],
    rows: readonly (readonly SheetCell[])[],
  ) => {
    let text = ''
    for await (const part of toCsv({
      title: what,
      about: [
        ['School', `${school.name}, URN ${school.urn}`],
        ['From', `${trust.name}, ${dayName(viewer.today)}`],
      ],
      columns: heads.map((head) => ({ head })),
      rows,
    }))
      text += part
    put(name, `${what} (${count(rows.length, 'row')})`, text)
  }
  await record(viewer, school, pupils, sheet)
  await facts(viewer, school, pupils, sheet)
  if (pupils.length)
    put(
      'pupils.ctf.xml',
      'Common Transfer File of all its pupils, by the DfE’s specification',
      await transferOfPupils(
        viewer,
        school,
        pupils.map((one) => ({ ...one, to: one.to ?? viewer.today, yearGroup: null })),
      ),
    )
  await papers(viewer, school, put)
  const sums = files
    .map(({ name, content }) => `${createHash('sha256').update(content).digest('hex')}  ${name}`)
    .join('\n')
  put('SHA256SUMS', 'Checksums of the files above: sha256sum -c SHA256SUMS', `${sums}\n`)
  put('README.txt', 'What is what', readme(school, trust.name, viewer.today, pupils.length, files))
  await audit(viewer, {
    deed: 'took a school’s own data',
    subject: 'organisation.school',
    id,
    school: id,
    detail: { what: school.name, ids: pupils.map(({ pupil }) => pupil), files: files.length },
  })
  return {
    name: `${school.slug}-own-data-${viewer.today}.zip`,
    zip: zipSync(Object.fromEntries(files.map(({ name, content }) => [name, content])), {
      level: 6,
      mtime: viewer.house.clock.now(),
    }),
    files: files.map(({ name, what }) => [name, what] as const),
    pupils: pupils.length,
  }
}

type SheetMaker = (
  name: string,
  what: string,
  heads: readonly string[],
  rows: readonly (readonly SheetCell[])[],
) => Promise<void>

const who = ['UPN', 'School’s own number', 'Surname', 'Forename'] as const
const whoOf = (one: HeldPupil | undefined): SheetCell[] =>
  one ? [one.upn, one.localId, one.surname, one.forename] : [null, null, null, null]

/** The record: who was on roll when, what was recorded of them, in which classes they were. */
async function record(viewer: Viewer, school: School, pupils: readonly HeldPupil[], sheet: SheetMaker) {
  const rows = await read(viewer, async (db) => ({
    years: await db
      .selectFrom('organisation.year_placement')
      .select(['pupil_id', 'academic_year', 'year_group'])
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school.id)
      .orderBy('academic_year')
      .execute(),
    members: await db
      .selectFrom('organisation.class_member')
      .select(['pupil_id', 'class_id', 'from_day', 'to_day'])
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school.id)
      .orderBy('class_id')
      .orderBy('pupil_id')
      .execute(),
  }))
  const years = Map.groupBy(rows.years, (row) => row.pupil_id)
  await sheet(
    'roll.csv',
    'Everyone who was on roll, with their year group in each academic year',
    [...who, 'Born', 'First day', 'Last day', 'Year groups'],
    pupils.map((one) => [
      ...whoOf(one),
      one.born,
      one.from,
      one.to,
      (years.get(one.pupil) ?? []).map((row) => `${row.academic_year}: ${row.year_group}`).join('; '),
    ]),
  )
  const recorded = await pupilFacts(viewer, school.id)
  await sheet(
    'characteristics.csv',
    'Dated characteristics as the school recorded them, by the codes of the Common Basic Data Set',
    [...who, 'Kind', 'Code', 'From', 'To'],
    pupils.flatMap((one) =>
      (recorded.get(one.pupil) ?? []).map((fact) => [
        ...whoOf(one),
        fact.kind,
        fact.value,
        fact.from,
        fact.to,
      ]),
    ),
  )
  const classes = new Map((await classesOf(viewer, school.id)).map((one) => [one.id, one]))
  const byId = new Map(pupils.map((one) => [one.pupil, one]))
  await sheet(
    'classes.csv',
    'Who was in which form and class',
    [...who, 'Class', 'Kind', 'Academic year', 'Year group', 'From', 'To'],
    rows.members.map((row) => {
      const of = classes.get(row.class_id)
      return [
        ...whoOf(byId.get(row.pupil_id)),
        of?.name,
        of?.kind,
        of && String(of.academicYear),
        of?.yearGroup,
        row.from_day,
        row.to_day,
      ]
    }),
  )
}

const factHeads: Readonly<Record<string, readonly string[]>> = {
  result: ['year_group', 'assessment', 'subject', 'raw', 'value', 'grade', 'status', 'expected', 'higher'],
  attendance: ['year_group', 'possible', 'authorised', 'unauthorised'],
  session_code: ['year_group', 'code', 'sessions'],
  behaviour: ['year_group', 'kind', 'events'],
  exclusion: ['year_group', 'suspensions', 'permanent', 'reasons'],
}
const factNames: Readonly<Record<string, string>> = {
  result: 'Results: as written (raw), and as read on their scale',
  attendance: 'Attendance, in sessions of the year so far',
  session_code: 'Sessions by attendance code',
  behaviour: 'Behaviour and praise, in events of the year so far',
  exclusion: 'Suspensions and permanent exclusions of the year so far',
}

/** What the lake holds of the school, as it stands now: a file for each fact and drop. */
async function facts(viewer: Viewer, school: School, pupils: readonly HeldPupil[], sheet: SheetMaker) {
  const live = await snapshotFiles(viewer, await latestSnapshot(viewer), { schools: [school.id] })
  const codes = new Map((await drops(viewer)).map((drop) => [drop.id, drop.code]))
  const names = new Map((await assessments(viewer)).map((one) => [one.code, one.name]))
  const byId = new Map(pupils.map((one) => [one.pupil, one]))
  const bench = await viewer.house.lake.duck.workbench()
  try {
    for (const file of live) {
      const heads = factHeads[file.fact]
      if (!heads) continue
      const rows = await bench.rows<Record<string, SheetCell | boolean | bigint>>(
        `select pupil, ${heads.join(', ')} from read_parquet(${literal(viewer.house.lake.path(file.path))}) order by all`,
      )
      await sheet(
        `${file.fact === 'result' ? 'results' : file.fact.replace('_', '-')}/${codes.get(file.drop)}.csv`,
        `${factNames[file.fact]}, ${codes.get(file.drop)}`,
        [...who, ...heads, ...(file.fact === 'result' ? ['assessment name'] : [])],
        rows.map((row) => [
          ...whoOf(byId.get(Number(row.pupil))),
          ...heads.map((head) => plain(row[head])),
          ...(file.fact === 'result' ? [names.get(String(row.assessment))] : []),
        ]),
      )
    }
  } finally {
    bench.close()
  }
}

const plain = (cell: SheetCell | boolean | bigint): SheetCell =>
  typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : typeof cell === 'bigint' ? Number(cell) : cell

const yearsOfPlans = 10

/** Its self-evaluations and plans, to read (PDF) and to bring into another system (JSON). */
async function papers(
  viewer: Viewer,
  school: School,
  put: (name: string, what: string, content: string | Uint8Array) => void,
) {
  for (const line of (await evaluationLines(viewer)).filter((one) => one.school === school.id)) {
    // Drafts are their writers': who may not read them takes what is confirmed.
    const document = await exportEvaluation(viewer, line.id).catch((error) => {
      if (error instanceof Refusal || error instanceof NotHere) return undefined
      throw error
    })
    if (document)
      put(`self-evaluations/${line.id}.json`, 'Self-evaluation, as data', JSON.stringify(document, null, 2))
    put(
      `self-evaluations/${line.id}.pdf`,
      document ? 'The same, to read' : 'Self-evaluation as it is confirmed, to read',
      await evaluationPaper(viewer, line.id),
    )
  }
  const year = academicYearOf(viewer.today)
  for (let before = 0; before < yearsOfPlans; before++)
    for (const line of (await planLines(viewer, year - before)).filter((one) => one.school === school.id)) {
      const document = await exportPlan(viewer, line.id)
      put(`plans/${line.id}.json`, `${line.title}, as data`, JSON.stringify(document, null, 2))
      put(`plans/${line.id}.pdf`, 'The same, to read', await planPaper(viewer, line.id))
    }
}

const readme = (
  school: School,
  trust: string,
  today: string,
  pupils: number,
  files: readonly { readonly name: string; readonly what: string }[],
) => `${school.name}, URN ${school.urn}: its own data
From ${trust}, ${dayName(today)}. It holds ${count(pupils, 'pupil')}.

${files.map(({ name, what }) => `${name}\n    ${what}`).join('\n')}
README.txt
    This page

CSV files are UTF-8; three lines at their head say what each is, and the headings stand under them. A cell that begins with an apostrophe begins in truth with the
sign after it: the apostrophe keeps a spreadsheet from running it. Days are yyyy-mm-dd. Academic years go by the year in which they
begin. Results stand as they are held now; what earlier snapshots said stays with the trust, which cites them.
These files hold personal data. Keep them as you keep your pupils' records.
`
