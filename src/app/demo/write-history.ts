import { addDays } from '../../kernel/days.ts'
import { addAssessment, addScale, openDrop } from '../../modules/evidence/index.ts'
import { write } from '../../platform/database/door.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { assessments, scales } from './assessments.ts'
import { moment, viewerOn } from './clock.ts'
import type { DemoWorld } from './demo-world.ts'
import { dice } from './dice.ts'
import type { DemoDrop } from './drops.ts'
import type { DropFile } from './write-lake.ts'
import type { Written } from './write-record.ts'

/** How the past came into the record: several drops at once, before the trust opened its drops here. */
export interface HistorySnapshot {
  readonly drops: readonly string[]
  readonly day: string
  readonly time: string
  readonly note: string
}

export async function writeAssessments(founder: Viewer): Promise<void> {
  for (const scale of scales) await addScale(founder, scale)
  for (const { years: _, ...assessment } of assessments) await addAssessment(founder, assessment)
}

/** Which year groups of these schools a drop's assessments are for. */
const askedOf = (world: DemoWorld, drop: DemoDrop) => {
  const phases = new Set(world.schools.map((school) => school.phase))
  return assessments
    .filter((one) => one.kind === drop.kind && (phases.has('special') || !one.code.startsWith('next-steps')))
    .map((one) => ({ assessment: one.code, yearGroups: [...one.years] as never[] }))
}

/** Opens a drop by the product's own command, as the data lead did on its first morning; the answer is its id. */
export async function openOn(
  lead: Viewer,
  world: DemoWorld,
  written: Written,
  drop: DemoDrop,
): Promise<number> {
  const asked = world.schools.flatMap((school, at) =>
    drop.kind === 'statutory' && school.phase === 'special' ? [] : [{ school: written.schools[at]! }],
  )
  const opened = await openDrop(
    viewerOn(lead, drop.opens, '08:30'),
    {
      code: drop.code,
      name: drop.name,
      academicYear: drop.academicYear,
      term: drop.term,
      kind: drop.kind,
      purpose: drop.purpose,
      decides: drop.decides,
      minutes: drop.minutes,
      opens: drop.opens,
      due: drop.due,
      asAt: drop.asAt,
      asked: askedOf(world, drop),
      schools: asked,
    },
    { tell: false },
  )
  return opened.drop.id
}

/** Writes one snapshot of the past: its files into the manifest, each drop signed off by the heads and locked by the data lead. */
export async function writeSnapshot(
  lead: Viewer,
  world: DemoWorld,
  written: Written,
  snapshot: number,
  story: HistorySnapshot,
  drops: readonly { readonly drop: DemoDrop; readonly id: number; readonly files: readonly DropFile[] }[],
): Promise<void> {
  const at = moment(story.day, story.time)
  const trust_id = lead.trust
  await write(lead, async (tx) => {
    await tx
      .insertInto('evidence.snapshot')
      .values({
        trust_id,
        snapshot,
        drop_id: drops.at(-1)!.id,
        school_id: null,
        reason: 'lock',
        note: story.note,
        at,
        person_id: lead.person,
      })
      .execute()
    await insertMany(
      tx,
      'evidence.lake_file',
      {
        trust_id: 'integer',
        fact: 'text',
        academic_year: 'integer',
        drop_id: 'integer',
        school_id: 'integer',
        path: 'text',
        rows: 'integer',
        bytes: 'bigint',
        sha256: 'text',
        added_in: 'integer',
      },
      drops.flatMap(({ files }) =>
        files.map((file) => ({
          trust_id,
          fact: file.fact,
          academic_year: file.academicYear,
          drop_id: file.drop,
          school_id: file.school,
          path: file.path,
          rows: file.rows,
          bytes: file.bytes,
          sha256: file.sha256,
          added_in: snapshot,
        })),
      ),
    )
    for (const { drop, id, files } of drops) {
      const heads = headsWho(world, written, drop, new Set(files.map((file) => file.school)))
      if (heads.length) {
        await tx
          .insertInto('evidence.sign_off')
          .values(
            heads.map((head) => ({
              trust_id,
              drop_id: id,
              school_id: head.school,
              snapshot,
              person_id: head.person,
              at: head.at,
            })),
          )
          .execute()
      }
      const locked = moment(addDays(drop.due, 3), '16:10')
      await tx
        .insertInto('evidence.drop_lock')
        .values({
          trust_id,
          drop_id: id,
          snapshot,
          person_id: lead.person,
          at: new Date(Math.min(locked.getTime(), at.getTime())),
        })
        .execute()
    }
  })
}

/** Each school's headteacher with the afternoon on which they signed: most in the last two days, one or two late. */
function headsWho(world: DemoWorld, written: Written, drop: DemoDrop, schools: ReadonlySet<number>) {
  const roll = dice(`${world.seed} signed ${drop.code}`)
  return world.schools.flatMap((school, at) => {
    const person = written.people.get(school.slug === 'saltmarsh' ? 'ruth' : `${school.slug}-head`)
    if (!person || !schools.has(written.schools[at]!)) return []
    const day = addDays(drop.due, roll.chance(0.12) ? 2 : -roll.whole(0, 3))
    const time = `${roll.whole(14, 17)}:${String(roll.whole(10, 59))}`
    return [{ school: written.schools[at]!, person, at: moment(day, time) }]
  })
}
