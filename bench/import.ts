/**
 * One million results of the large trust, published, against DuckDB's bare CSV-to-Parquet of the same file, in turn, in
 * one run. Ours reads the file, finds its columns, matches 40,000 pupils, checks every grade against its scale, and seals
 * one file a school.
 */
import { createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { demoClock } from '../src/app/demo/clock.ts'
import { viewerForCommandLine } from '../src/modules/access/index.ts'
import { addAssessment, addScale, openDrop, runImport } from '../src/modules/evidence/index.ts'
import { pupilsForMatching, schools } from '../src/modules/organisation/index.ts'
import { loadConfig } from '../src/platform/config.ts'
import { literal } from '../src/platform/lake/duck.ts'
import { silentLog } from '../src/platform/log.ts'
import { openHouse } from '../src/platform/open-house.ts'
import { quantile, root, scaleFolder } from './scale.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const rounds = Number(process.argv[3] ?? 3)
const config = loadConfig({ ...process.env, THROUGHLINE_DATA: scaleFolder(), THROUGHLINE_DEMO: 'yes' })
const house = await openHouse(config, { clock: demoClock(config)!, log: silentLog })
const viewer = await viewerForCommandLine(house)
const folder = join(root, 'out', 'import')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

/** When a step began: of the clock, and of the CPU time of this process with DuckDB’s threads. */
interface Mark {
  readonly words: string
  readonly at: number
  readonly cpu: number
}
const markOf = (words: string): Mark => {
  const { user, system } = process.cpuUsage()
  return { words, at: performance.now(), cpu: (user + system) / 1000 }
}
function printSteps(from: number, marks: readonly Mark[]): void {
  console.log(`  kept and hashed  ${(marks[0]!.at - from).toFixed(0)} ms`)
  for (const [at, { words, ...began }] of marks.slice(0, -1).entries())
    console.log(
      `  ${words}  ${(marks[at + 1]!.at - began.at).toFixed(0)} ms, CPU ${(marks[at + 1]!.cpu - began.cpu).toFixed(0)} ms`,
    )
}

try {
  const places = await schools(viewer)
  const pupils = await pupilsForMatching(
    viewer,
    places.map((school) => school.id),
    2025,
    '2026-03-13',
  )
  const known = pupils.filter((pupil) => pupil.upn)
  const each = Math.ceil(rows / known.length)
  const stamp = Date.now().toString(36)
  const codes = Array.from({ length: each }, (_, index) => `bench-${stamp}-${index}`)
  await addScale(viewer, {
    code: `bench-${stamp}`,
    name: 'Bench',
    kind: 'number',
    low: 0,
    high: 100,
    from: '2025-09-01',
  })
  for (const code of codes)
    await addAssessment(viewer, { code, name: code, subject: 'bench', scale: `bench-${stamp}` })
  const years = [...new Set(known.map((pupil) => pupil.yearGroup))].filter(
    (year): year is NonNullable<typeof year> => Boolean(year),
  )
  /** Each round has a drop of its own: the same file is published into a drop once. */
  const openRound = (round: number) =>
    openDrop(
      viewer,
      {
        name: `Bench ${stamp} ${round + 1}`,
        term: 9,
        purpose: 'To measure how long a million results take.',
        decides: 'Whether importing is quick enough to live with.',
        minutes: 0,
        opens: viewer.today,
        due: viewer.today,
        asAt: '2026-03-13',
        asked: codes.map((assessment) => ({ assessment, yearGroups: years as never })),
        schools: places.map((school) => ({ school: school.id, person: null })),
      },
      { tell: false },
    )

  const file = join(folder, 'million.csv')
  const out = createWriteStream(file)
  const urn = new Map(places.map((school) => [school.id, school.urn]))
  out.write('School URN,UPN,Assessment,Result\n')
  let written = 0
  for (const code of codes)
    for (const pupil of known) {
      if (written++ >= rows) break
      if (!out.write(`${urn.get(pupil.school)},${pupil.upn},${code},${(written * 7919) % 101}\n`))
        await new Promise<void>((resolve) => out.once('drain', resolve))
    }
  await finished(out.end())
  console.log(
    `${Math.min(written, rows).toLocaleString('en-GB')} results, ${(statSync(file).size / 1e6).toFixed(0)} MB, ${known.length.toLocaleString('en-GB')} pupils, ${places.length} schools`,
  )

  const ours: number[] = []
  const theirs: number[] = []
  const sealed: number[] = []
  for (let round = 0; round < rounds; round++) {
    const bench = await house.lake.duck.workbench()
    const { drop } = await openRound(round)
    let from = performance.now()
    const bare = markOf('')
    await bench.run(
      `copy (select * from read_csv(${literal(file)})) to ${literal(join(folder, `bare-${round}.parquet`))} (format parquet, compression zstd)`,
    )
    theirs.push(performance.now() - from)
    const bareCpu = markOf('').cpu - bare.cpu
    from = performance.now()
    await bench.run(
      `create temp table bare as select * from read_csv(${literal(file)}) order by "School URN", UPN`,
    )
    await house.lake.sealAll(
      bench,
      places.map(({ id, urn }) => ({
        select: `from bare where "School URN" = ${urn}`,
        place: { trust: 0, fact: 'bench', year: round, drop: round, school: id },
      })),
    )
    const bareSealed = performance.now() - from
    bench.close()
    from = performance.now()
    const marks: Mark[] = []
    const before = markOf('')
    const result = await runImport(
      viewer,
      { file, school: null, drop: drop.code, dryRun: false },
      (_, words) => marks.push(markOf(words)),
    )
    ours.push(performance.now() - from)
    sealed.push(ours.at(-1)! / bareSealed)
    if (result.accepted < rows * 0.999)
      throw new Error(
        `Only ${result.accepted} of ${rows} results were accepted: ${JSON.stringify(result.rejected.slice(0, 3))}`,
      )
    const after = markOf('')
    printSteps(from, [...marks, after])
    console.log(
      `  CPU time of all threads: ours ${(after.cpu - before.cpu).toFixed(0)} ms, DuckDB bare ${bareCpu.toFixed(0)} ms, ratio ${((after.cpu - before.cpu) / bareCpu).toFixed(2)}`,
    )
    console.log(
      `round ${round + 1}: ours ${(ours.at(-1)! / 1000).toFixed(2)} s, DuckDB bare ${(theirs.at(-1)! / 1000).toFixed(2)} s, ratio ${(ours.at(-1)! / theirs.at(-1)!).toFixed(2)}`,
    )
  }
  const ratios = ours.map((ms, index) => ms / theirs[index]!)
  const middle = (list: readonly number[]) =>
    quantile(
      [...list].sort((a, b) => a - b),
      0.5,
    ).toFixed(2)
  console.log(
    `ratio ours / DuckDB bare, the first time (roll and characteristics read): ${ratios[0]!.toFixed(2)}`,
  )
  if (ratios.length > 1) console.log(`once they are known: median ${middle(ratios.slice(1))} (to hold: 3.00)`)
  console.log(`against the same rows sealed a file a school, and no check at all: median ${middle(sealed)}`)
} finally {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
}
