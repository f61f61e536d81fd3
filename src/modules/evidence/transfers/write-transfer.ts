import { academicYearOf } from '../../../kernel/academic-year.ts'
import { isDay } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Leaver, leaversOf, pupilFacts, type School, schoolById } from '../../organisation/index.ts'
import { ctfVersions } from '../imports/formats/ctf/layout.ts'
import { writeCtf } from '../imports/formats/ctf/write-ctf.ts'
import { filesIn, latestIn } from '../snapshots/queries.ts'
import { type ResultHeld, transferOf } from './transfer-of.ts'

export interface TransferAsked {
  readonly school: number
  /** First and last of the days on which the pupils left. */
  readonly from: string
  readonly to: string
  /** LAESTAB of the school that they go to, `999/2001`; left out, not known. */
  readonly dest?: string
  /** 25 is 25.0; left out, the one of the academic year. */
  readonly version?: number
}

export interface Transfer {
  /** As DfE names such files: `9992001_CTF_9992002_001.xml`. */
  readonly name: string
  readonly text: string
  readonly pupils: number
}

/** The CTF version of an academic year: 2026 → 26. */
const versionIn = (academicYear: number) => academicYear % 100

/** Writes the CTF of a school’s leavers, and says in the history who took it. @throws Refusal for days or a version that can’t be, or when nobody left. */
export async function writeTransfer(viewer: Viewer, asked: TransferAsked): Promise<Transfer> {
  if (!may(viewer, 'send results', { school: asked.school })) throw new NotHere()
  const school = await schoolById(viewer, asked.school)
  const { from, to } = asked
  if (!isDay(from) || !isDay(to) || from > to)
    throw new Refusal('Say from which day to which day the pupils left, such as 2025-09-01 to 2026-07-21.')
  const version = asked.version ?? versionIn(academicYearOf(viewer.today))
  if (!(ctfVersions as readonly number[]).includes(version))
    throw new Refusal(`Throughline writes CTF versions ${ctfVersions.map((one) => `${one}.0`).join(', ')}.`)
  const dest = asked.dest?.replace(/\D/g, '') ?? ''
  if (dest !== '' && dest.length !== 7)
    throw new Refusal(
      'The school that they go to is named by its LAESTAB: three digits and four, such as 999/2001.',
    )
  const leavers = await leaversOf(viewer, school.id, from, to)
  if (leavers.length === 0)
    throw new Refusal(`Nobody left ${school.name} from ${from} to ${to}, so there is nothing to write.`)
  const tree = transferOf({
    school,
    leavers,
    facts: await pupilFacts(viewer, school.id),
    results: await resultsHeld(
      viewer,
      school.id,
      leavers.map(({ pupil }) => pupil),
    ),
    dest,
    version,
    academicYear: academicYearOf(viewer.today),
    at: viewer.house.clock.now(),
  })
  await write(viewer, (tx) =>
    record(viewer, tx, {
      subject: 'organisation.pupil',
      id: leavers[0]!.pupil,
      deed: 'written to a transfer file',
      school: school.id,
      detail: { pupils: leavers.length, dest, version },
    }),
  )
  return {
    name: `${school.laestab ?? 'XXXXXXX'}_CTF_${dest || 'XXXXXXX'}_001.xml`,
    text: writeCtf(tree, version),
    pupils: leavers.length,
  }
}

/** The CTF of all these pupils of a school, for a school that takes its own data away. @throws NotHere */
export async function transferOfPupils(
  viewer: Viewer,
  school: School,
  pupils: readonly Leaver[],
): Promise<string> {
  if (!may(viewer, 'send results', { school: school.id })) throw new NotHere()
  const version = Math.min(versionIn(academicYearOf(viewer.today)), Math.max(...ctfVersions))
  const tree = transferOf({
    school,
    leavers: pupils,
    facts: await pupilFacts(viewer, school.id),
    results: await resultsHeld(
      viewer,
      school.id,
      pupils.map(({ pupil }) => pupil),
    ),
    dest: '',
    version,
    academicYear: academicYearOf(viewer.today),
    at: viewer.house.clock.now(),
  })
  return writeCtf(tree, version)
}

/** Statutory results that the school holds of these pupils, as it wrote them. */
async function resultsHeld(viewer: Viewer, school: number, pupils: readonly number[]): Promise<ResultHeld[]> {
  const files = await read(viewer, async (db) => {
    const statutory = await db
      .selectFrom('evidence.drop')
      .select('drop_id')
      .where('kind', '=', 'statutory')
      .execute()
    return filesIn(db, await latestIn(db), {
      fact: 'result',
      schools: [school],
      drops: statutory.map((row) => row.drop_id),
    })
  })
  if (files.length === 0) return []
  const { lake } = viewer.house
  const bench = await lake.duck.workbench()
  try {
    return await bench.rows<ResultHeld>(
      `select pupil, assessment, academic_year as "academicYear", raw from read_parquet([${files.map(({ path }) => literal(lake.path(path))).join(', ')}])
      where pupil in (${pupils.map(Number).join(', ')}) and raw is not null order by pupil, academic_year, assessment`,
    )
  } finally {
    bench.close()
  }
}
