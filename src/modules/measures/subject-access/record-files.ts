import { zipSync } from 'fflate'
import { academicYearName } from '../../../kernel/academic-year.ts'
import { dayName, londonDay, londonTime } from '../../../kernel/days.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import { type Paper, paperPdf } from '../../../platform/pdf/paper.ts'
import { toCsv } from '../../../platform/spreadsheet.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit } from '../../access/index.ts'
import { trustOf } from '../../organisation/index.ts'
import { datedFacts } from '../pages/pupil/facts.ts'
import { type HeldRow, type WholeRecord, wholeRecord } from './whole-record.ts'

const until = (day: string | null) => (day === null ? 'now' : dayName(day))

const wordOf = (value: HeldRow['row'][string] | undefined): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : String(value)

const snapshotsOf = ({ fromSnapshot, untilSnapshot }: HeldRow) =>
  untilSnapshot === null ? `${fromSnapshot} to now` : `${fromSnapshot} to ${untilSnapshot - 1}`

/** The record for a person to read: PDF/UA-1. */
function recordPaper(record: WholeRecord, trust: string, today: string): Paper {
  const { pupil, held, looks, written } = record
  const of = (fact: HeldRow['fact']) => held.filter((row) => row.fact === fact)
  return {
    title: `What ${trust} holds about ${pupil.forename} ${pupil.surname}`,
    under: [`Made on ${dayName(today)} for a request under Article 15 of the UK GDPR.`],
    sections: [
      {
        head: 'Who',
        table: {
          columns: ['What', 'Recorded'],
          rows: [
            ['Name', `${pupil.forename} ${pupil.surname}`],
            ['Date of birth', pupil.born ? dayName(pupil.born) : 'not recorded'],
            ['Unique pupil number', pupil.upn ?? 'not recorded'],
            ['The school’s own number', pupil.localId ?? 'not recorded'],
          ],
        },
      },
      {
        head: 'Schools, years and classes',
        table: {
          columns: ['Where', 'What', 'From', 'To'],
          rows: [
            ...pupil.enrolments.map((one) => [one.schoolName, 'on roll', dayName(one.from), until(one.to)]),
            ...pupil.years.map((one) => [
              yearGroupName(one.yearGroup),
              academicYearName(one.academicYear),
              '',
              '',
            ]),
            ...pupil.classes.map((one) => [
              one.name,
              one.subject ?? 'form',
              dayName(one.from),
              until(one.to),
            ]),
          ],
        },
      },
      {
        head: 'Characteristics',
        table: {
          columns: ['What', 'Recorded', 'From', 'To'],
          rows: datedFacts(pupil.characteristics, today).map((fact) => [
            fact.name,
            fact.words,
            dayName(fact.from),
            until(fact.to),
          ]),
        },
      },
      {
        head: 'Results',
        words: [
          'As the school wrote them. A result that was replaced or corrected stands here too: snapshots say when it was held.',
        ],
        table: {
          columns: ['Drop', 'Assessment', 'Result', 'Status', 'Snapshots'],
          rows: of('result').map((one) => [
            one.drop,
            wordOf(one.row.assessment),
            wordOf(one.row.raw),
            wordOf(one.row.status),
            snapshotsOf(one),
          ]),
        },
        empty: 'No result is held.',
      },
      {
        head: 'Attendance',
        table: {
          columns: ['Drop', 'Possible sessions', 'Authorised absence', 'Unauthorised absence', 'Snapshots'],
          rows: of('attendance').map((one) => [
            one.drop,
            wordOf(one.row.possible),
            wordOf(one.row.authorised),
            wordOf(one.row.unauthorised),
            snapshotsOf(one),
          ]),
        },
        empty: 'No register is held.',
      },
      {
        head: 'What was written',
        words: ['Reasons and answers that are about this pupil, or name them.'],
        table: {
          columns: ['When', 'What', 'Words'],
          rows: written.map((one) => [dayName(londonDay(one.at)), one.what, one.words]),
        },
        empty: 'Nothing was written.',
      },
      {
        head: 'Who looked',
        words: [
          `${looks.length === 1 ? 'One line' : `${looks.length} lines`} of the audit trail name this pupil. Other people’s names are left out.`,
        ],
        table: {
          columns: ['When', 'What was done'],
          rows: looks.map(({ at, deed }) => [`${dayName(londonDay(at))}, ${londonTime(at)}`, deed]),
        },
        empty: 'Nobody has looked.',
      },
      {
        head: 'What is not here',
        words: [
          'Figures of schools and groups are counts and averages of many pupils and hold nobody’s record. The files in which schools sent results are kept as they came; they name other pupils and so are not part of this export. What they say of this pupil stands in “Results”, as it was written. Copies in backups are the same record at an earlier day.',
        ],
      },
    ],
  }
}

async function csvOf(title: string, rows: readonly HeldRow[]): Promise<string> {
  const names = [...new Set(rows.flatMap(({ row }) => Object.keys(row)))]
  let text = ''
  for await (const part of toCsv({
    title,
    about: [],
    columns: ['drop', 'from_snapshot', 'until_snapshot', ...names].map((head) => ({ head })),
    rows: rows.map((one) => [
      one.drop,
      String(one.fromSnapshot),
      one.untilSnapshot === null ? '' : String(one.untilSnapshot),
      ...names.map((name) => wordOf(one.row[name])),
    ]),
  }))
    text += part
  return text
}

/**
 * The whole record of one pupil as a zip: to read (PDF) and as data (JSON, CSV). Taking it is a line of the audit trail.
 * @throws NotHere for who may not see all of it.
 */
export async function recordFiles(
  viewer: Viewer,
  pupil: number,
  also: readonly string[] = [],
): Promise<Uint8Array> {
  const { cleared, ...record } = await wholeRecord(viewer, pupil, also)
  const trust = await trustOf(viewer)
  const now = viewer.house.clock.now()
  const text = new TextEncoder()
  const files: Record<string, Uint8Array> = {
    'record.pdf': await paperPdf(recordPaper({ ...record, cleared: [] }, trust.name, viewer.today), now),
    'record.json': text.encode(
      JSON.stringify({ made: now.toISOString(), trust: trust.name, ...record }, null, 2),
    ),
  }
  for (const fact of ['result', 'attendance', 'pupil_state'] as const)
    files[`${fact.replace('_', '-')}.csv`] = text.encode(
      await csvOf(
        fact,
        record.held.filter((row) => row.fact === fact),
      ),
    )
  await audit(viewer, {
    deed: 'took whole record',
    subject: 'organisation.pupil',
    id: pupil,
    school: record.pupil.enrolments[0]?.school ?? null,
    detail: { textsWithNamesLeftOut: cleared.filter(({ out }) => out.length > 0).length },
  })
  return zipSync(files, { level: 6, mtime: now })
}
