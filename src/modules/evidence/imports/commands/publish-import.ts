import { isDeepStrictEqual } from 'node:util'
import { count, whole } from '../../../../kernel/numbers.ts'
import { enforce, Refusal } from '../../../../kernel/refusal.ts'
import { read, record, type Writing, within, write } from '../../../../platform/database/door.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { pupilStatesOf } from '../../../organisation/index.ts'
import { rewritings } from '../../letting-go/rewritings.ts'
import { inTrustAt, isHistory } from '../../snapshots/in-trust.ts'
import { inTurn, makeSnapshot, takeOut } from '../../snapshots/make-snapshot.ts'
import { checkFile, type Outcome } from '../check/check-file.ts'
import { type Setting, settingOf } from '../check/setting.ts'
import { publishable } from '../domain/steps.ts'
import { partOf, type Tell, untold } from '../domain/tell.ts'
import type { Checked, Mapping, Reading } from '../domain/words.ts'
import { importIn } from '../queries/import-row.ts'
import { atBench } from './at-bench.ts'
import { addNewcomers, type Newcomers, newcomersOf, newcomersStates } from './newcomers.ts'
import { remember } from './remembered.ts'
import { type Sealed, sealFiles } from './seal-files.ts'
import { withdrawSignOffs } from './withdraw-sign-offs.ts'

/**
 * Publishes an import, all of it or nothing: files are sealed aside first, then one short transaction makes the snapshot and
 * lists them. @throws Refusal with the sentence that the page showed, or with what has changed since.
 */
export async function publishImport(
  viewer: Viewer,
  id: number,
  tell: Tell = untold,
): Promise<{ snapshot: number }> {
  const row = await read(viewer, (db) => importIn(db, viewer, id))
  enforce(publishable(row.state))
  const setting = await settingOf(viewer, row.drop, row.school)
  const { sheet } = row.stored.reading
  const publishes = async (bench: Workbench, reading: Reading) => {
    const outcome = await checkFile(
      bench,
      viewer.house.lake,
      reading,
      row.mapping!,
      row.answers,
      setting,
      partOf(tell, 0.25, 0.6),
    )
    const checked: Checked = { at: row.checked!.at, ...outcome.checked }
    enforce(publishable({ ...row.state, checked, base: checked.base }))
    if (!agrees(checked, row.checked!))
      throw new Refusal(
        'The roll, or what stands in the drop, has changed since you checked. Check again, so that the counts are true.',
      )
    const about = { id, reading, mapping: row.mapping!, outcome, setting }
    return publishOutcome(viewer, bench, about, partOf(tell, 0.6, 1))
  }
  return atBench(viewer, row.upload.sha256, sheet, publishes, partOf(tell, 0, 0.25))
}

const agrees = (one: Checked, other: Checked) => isDeepStrictEqual(one.counts, other.counts)

export interface ToPublish {
  readonly id: number
  readonly reading: Reading
  readonly mapping: Mapping
  readonly outcome: Outcome
  readonly setting: Setting
}

export async function publishOutcome(
  viewer: Viewer,
  bench: Workbench,
  about: ToPublish,
  tell: Tell = untold,
): Promise<{ snapshot: number }> {
  const { outcome, setting } = about
  const many = `${whole(about.reading.rows)} rows checked`
  await tell(0, `${many}: looking up what is true of each pupil`)
  const newcomers = await newcomersOf(viewer, outcome, setting)
  const schools = outcome.touched.map((school) => newcomers.schoolIds.get(school) ?? school)
  const known = schools.filter((school) => !newcomers.schools.some((one) => one.id === school))
  const forms = new Map(
    outcome.standings.roll.flatMap((pupil) =>
      pupil.classId && pupil.form ? [[pupil.classId, pupil.form] as const] : [],
    ),
  )
  const states = [
    ...(await pupilStatesOf(viewer, known, setting.drop.asAt, setting.drop.academicYear)),
    ...newcomersStates(newcomers, forms, setting.drop),
  ]
  await tell(0.1, `${many}: sealing the results of ${count(schools.length, 'school')}`)
  const sealed = await sealFiles(viewer, bench, {
    drop: setting.drop,
    mapping: about.mapping,
    outcome,
    schoolIds: newcomers.schoolIds,
    pupilIds: newcomers.pupilIds,
    states,
  })
  await tell(0.95, `${many} and sealed: listing the files in the snapshot`)
  return write(viewer, (tx) => list(viewer, tx, about, newcomers, sealed, schools))
}

/** The one transaction: everything is seen from its end on, and nothing of it before. */
async function list(
  viewer: Viewer,
  tx: Writing,
  about: ToPublish,
  newcomers: Newcomers,
  sealed: readonly Sealed[],
  schools: readonly number[],
): Promise<{ snapshot: number }> {
  const { id, outcome, setting } = about
  const { drop } = setting
  await inTurn(viewer, tx)
  const now = await importIn(tx, viewer, id)
  if (now.state.published)
    throw new Refusal(`This import was published a moment ago, as snapshot ${now.state.published.snapshot}.`)
  if (now.state.undone || now.state.abandoned)
    throw new Refusal('This import was given up while it was being published. Nothing has changed.')
  if (now.state.dropClosed) throw new Refusal(now.state.dropClosed)
  if ((await rewritings(within(viewer, tx))) !== setting.rewritings)
    throw new Refusal(
      'A pupil’s record was let go while this file was being published. Nothing has gone in: check again and publish then.',
    )
  const known = schools.filter((school) => !newcomers.schools.some((one) => one.id === school))
  const live = known.length
    ? await tx
        .selectFrom('evidence.lake_file')
        .select(['lake_file_id as id', 'fact', 'school_id as school', 'added_in as added'])
        .where('drop_id', '=', drop.id)
        .where('school_id', 'in', known)
        .where('removed_in', 'is', null)
        .execute()
    : []
  const before = new Set(outcome.liveFiles.map((file) => file.id))
  if (live.length !== before.size || live.some((file) => !before.has(file.id)))
    throw new Refusal(await publishedMeanwhile(tx, drop.id))
  await addNewcomers(viewer, tx, newcomers, drop)
  const school = schools.length === 1 ? schools[0]! : now.school
  const inTrust = await inTrustAt(tx, viewer.trust, drop)
  const history = await isHistory(tx, viewer.trust, drop, school)
  const snapshot = await makeSnapshot(viewer, tx, {
    drop: drop.id,
    school,
    reason: history ? 'history' : 'publish',
  })
  const superseded = live.filter((file) =>
    sealed.some((one) => one.fact === file.fact && one.school === file.school),
  )
  await takeOut(
    viewer,
    tx,
    superseded.map(({ id }) => id),
    snapshot,
  )
  for (let start = 0; start < sealed.length; start += 500)
    await tx
      .insertInto('evidence.lake_file')
      .values(
        sealed.slice(start, start + 500).map((file) => ({
          trust_id: viewer.trust,
          fact: file.fact,
          academic_year: drop.academicYear,
          drop_id: drop.id,
          school_id: file.school,
          import_id: id,
          path: file.path,
          rows: file.rows,
          bytes: file.bytes,
          sha256: file.sha256,
          added_in: snapshot,
          removed_in: null,
          in_trust: inTrust(file.school),
        })),
      )
      .execute()
  const at = viewer.house.clock.now()
  const person_id = viewer.person || null
  await tx
    .insertInto('evidence.import_step')
    .values({
      trust_id: viewer.trust,
      import_id: id,
      school_id: now.school,
      step: 'published',
      at,
      person_id,
      snapshot,
    })
    .execute()
  await tx
    .updateTable('evidence.import')
    .set({
      checked: JSON.stringify({
        ...now.checked,
        addedPupils: newcomers.pupils.map((pupil) => pupil.id),
        placedPupils: newcomers.known.map(({ id: pupil, school, from }) => ({ pupil, school, from })),
      }),
    })
    .where('trust_id', '=', viewer.trust)
    .where('import_id', '=', id)
    .execute()
  await withdrawSignOffs(
    viewer,
    tx,
    drop.id,
    schools,
    `Results were published again, as snapshot ${snapshot}.`,
  )
  await remember(viewer, tx, {
    school: now.school,
    drop: drop.id,
    reading: about.reading,
    mapping: about.mapping,
    assessments: outcome.assessments,
    readings: outcome.readings,
  })
  await record(viewer, tx, {
    subject: 'evidence.import',
    id,
    deed: 'published',
    school: now.school,
    detail: {
      drop: drop.code,
      snapshot,
      added: outcome.checked.counts.added,
      changed: outcome.checked.counts.changed,
      removed: outcome.checked.counts.removed,
      newPupils: newcomers.pupils.length,
    },
  })
  return { snapshot }
}

async function publishedMeanwhile(tx: Writing, drop: number): Promise<string> {
  const last = await tx
    .selectFrom('evidence.snapshot as s')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 's.trust_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .select(['s.snapshot', 'p.name'])
    .where('s.drop_id', '=', drop)
    .orderBy('s.snapshot', 'desc')
    .limit(1)
    .executeTakeFirst()
  return `${last?.name ?? 'Someone'} published snapshot ${last?.snapshot ?? ''} for the same school while you were publishing. Nothing of yours has gone in yet: check again and publish then.`
}
