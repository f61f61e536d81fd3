import { nameRemover } from '../../../kernel/names-in-text.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn, lookedAtBoth } from '../../access/index.ts'
import {
  assessments,
  clashName,
  joinEvidence,
  readyToJoin,
  type SealedClash,
  sealedTwos,
} from '../../evidence/index.ts'
import {
  characteristicKinds,
  joinPupils,
  type PupilMarks,
  type PupilPage,
  pupilById,
  pupilMarks,
  type RecordRows,
  recordClashes,
  recordRows,
} from '../../organisation/index.ts'
import { trying } from '../erasure/erase-pupil.ts'

export interface JoinWanted {
  readonly stays: number
  readonly comes: number
}

export interface Clash {
  /** What a form calls the choice. */
  readonly name: string
  readonly what: string
  readonly stays: string
  readonly comes: string
}

export interface JoinPreview {
  readonly stays: JoinSide
  readonly comes: JoinSide
  readonly clashes: readonly Clash[]
  /** What speaks against it: no bar, but to be read. */
  readonly doubts: readonly string[]
}

export interface JoinSide {
  readonly marks: PupilMarks
  readonly page: PupilPage
  readonly name: string
  readonly rows: RecordRows
  /** Rows about them in sealed files, as they stand. */
  readonly sealed: number
}

const nameOf = ({ forename, surname, upns }: PupilMarks) =>
  `${forename} ${surname}`.trim() || upns[0] || 'a pupil'

const factWords: Partial<Record<SealedClash['fact'], string>> = {
  attendance: 'attendance',
  session_code: 'session codes',
  behaviour: 'behaviour',
  exclusion: 'exclusions',
}

const clashOf = (one: SealedClash, names: ReadonlyMap<string, string>): Clash => ({
  name: clashName(one),
  what: `${one.dropName}, ${one.key ? (names.get(one.key) ?? one.key) : (factWords[one.fact] ?? one.fact)}`,
  stays: one.stays || 'nothing written',
  comes: one.comes || 'nothing written',
})

function doubtsOf(stays: JoinSide, comes: JoinSide): string[] {
  const [a, b] = [stays.marks, comes.marks]
  const open = (side: JoinSide) => side.page.enrolments.filter(({ to }) => to === null)
  const elsewhere = open(stays).filter((one) => open(comes).every((other) => other.school !== one.school))
  return [
    ...(a.born && b.born && a.born !== b.born ? ['The birth dates differ.'] : []),
    ...(a.surname.toLowerCase() !== b.surname.toLowerCase() ? ['The surnames differ.'] : []),
    ...(elsewhere.length > 0 && open(comes).length > 0
      ? ['They are on roll at different schools today: record the move first, if one of them has left.']
      : []),
    ...([a, b].every(({ upns }) => upns[0] && /\d$/.test(upns[0]))
      ? ['Both have a permanent UPN. A pupil has one: ask the school which is right.']
      : []),
  ]
}

async function side(viewer: Viewer, pupil: number, sealed: number): Promise<JoinSide> {
  const [marks] = await pupilMarks(viewer, [pupil])
  if (!marks) throw new NotHere()
  const page = await pupilById(viewer, pupil)
  return { marks, page, name: nameOf(marks), rows: await recordRows(viewer, [pupil]), sealed }
}

/** What both records hold and where they differ. Changes nothing. @throws Refusal for one record, NotHere */
export async function previewJoin(viewer: Viewer, { stays, comes }: JoinWanted): Promise<JoinPreview> {
  if (!may(viewer, 'let go')) throw new NotHere()
  if (stays === comes) throw new Refusal('That is one and the same record. Give the number of the other one.')
  const sealed = await sealedTwos(viewer, { stays, comes })
  const [one, other] = [await side(viewer, stays, sealed.stays), await side(viewer, comes, sealed.comes)]
  const facts = await recordClashes(viewer, { stays, comes })
  const names = new Map((await assessments(viewer)).map(({ code, name }) => [code, name]))
  return {
    stays: one,
    comes: other,
    clashes: [
      ...facts.map((fact) => ({
        name: `fact|${fact.kind}`,
        what: characteristicKinds[fact.kind as keyof typeof characteristicKinds] ?? fact.kind,
        stays: fact.stays,
        comes: fact.comes,
      })),
      ...sealed.clashes.map((one) => clashOf(one, names)),
    ],
    doubts: doubtsOf(one, other),
  }
}

export interface AskedJoin extends JoinWanted {
  readonly reason: string
  /** Names of clashes of which the word of the record that goes holds. */
  readonly takes: readonly string[]
  /** How many clashes whoever decides has seen. */
  readonly seen?: number
  /** `join`, typed by whoever means it. */
  readonly typed: string
}

/**
 * Makes one pupil of two records. The number, name and UPN of the one that stays hold; the other’s UPN finds it still. Every
 * snapshot can be read as before, with one pupil in the place of two. @throws Refusal with nothing changed, NotHere
 */
export async function joinRecords(viewer: Viewer, asked: AskedJoin): Promise<{ readonly joined: number }> {
  const preview = await previewJoin(viewer, asked)
  const { stays, comes, clashes } = preview
  const reason = asked.reason.trim()
  if (reason.length < 10) throw new Refusal('Say in a sentence why they are one pupil: the reason is kept.')
  const both = [stays, comes].map(({ marks }) => ({ ...marks, numbers: marks.upns }))
  if (nameRemover(both).names(reason))
    throw new Refusal('Leave names and numbers out of the reason: it is kept.')
  const unknown = asked.takes.find((name) => !clashes.some((clash) => clash.name === name))
  if (unknown !== undefined || (asked.seen !== undefined && asked.seen !== clashes.length))
    throw new Refusal('Where the two records differ has changed since you looked. Look again, then choose.')
  if (asked.typed.trim().toLowerCase() !== 'join')
    throw new Refusal('Type “join” to say that you have read what both hold. Nothing was changed.')
  const takes = new Set(asked.takes)
  const kinds = new Set(asked.takes.filter((name) => name.startsWith('fact|')).map((name) => name.slice(5)))
  const two = { stays: asked.stays, comes: asked.comes }
  const school = stays.page.enrolments[0]?.school ?? null
  return trying(viewer, async () => {
    const sealed = await readyToJoin(viewer, two, takes)
    return write(viewer, async (tx) => {
      await joinEvidence(viewer, tx, sealed, two)
      await lookedAtBoth(viewer, tx, two)
      await joinPupils(viewer, tx, two, kinds)
      const { joined_id } = await tx
        .insertInto('keeping.joined')
        .values({
          trust_id: viewer.trust,
          pupil_id: two.stays,
          was_pupil_id: two.comes,
          at: viewer.house.clock.now(),
          person_id: viewer.person || null,
          reason,
          came: JSON.stringify({ ...comes.rows, sealed: comes.sealed }),
        })
        .returning('joined_id')
        .executeTakeFirstOrThrow()
      await record(viewer, tx, { subject: 'keeping.joined', id: joined_id, deed: 'joined', school })
      await auditIn(viewer, tx, {
        deed: 'joined records',
        subject: 'organisation.pupil',
        id: two.stays,
        school,
        detail: { was: two.comes, why: reason, took: [...takes] },
      })
      return { joined: joined_id }
    })
  })
}
