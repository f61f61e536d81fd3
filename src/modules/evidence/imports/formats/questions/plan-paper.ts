import { academicYearOf } from '../../../../../kernel/academic-year.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../../../kernel/viewer.ts'
import { read, record } from '../../../../../platform/database/door.ts'
import { insertMany } from '../../../../../platform/database/insert-many.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { type PupilForMatching, pupilsForMatching, schools } from '../../../../organisation/index.ts'
import { fold } from '../../domain/letters.ts'
import type { LeftOut, Plan, Wish } from '../contract.ts'
import type { Paper, PaperPupil } from './sheet.ts'

interface Mark {
  readonly school: number
  readonly pupil: number
  readonly place: number
  readonly mark: number | null
}

/** Marks of a paper, pupil by pupil: a pupil’s marks of the same paper are taken anew, others’ stay. @throws Refusal when the paper was other than this. */
export async function planPaper(viewer: Viewer, paper: Paper, { school, title = '' }: Wish): Promise<Plan> {
  const name = title.trim().slice(0, 200) || 'Test without a name'
  const academicYear = academicYearOf(viewer.today)
  const reach = schoolsWhere(viewer, 'send results')
  const here = (await schools(viewer))
    .map(({ id }) => id)
    .filter((id) => (school === null ? includesSchool(reach, id) : id === school))
  const roll = await pupilsForMatching(viewer, here, academicYear, viewer.today)
  const before = await standing(viewer, name, academicYear)
  if (before && !sameQuestions(before.questions, paper))
    throw new Refusal(
      `A test called “${name}” is on record this year with other questions. Give this one another file name, or mend its questions.`,
    )
  const leftOut: LeftOut[] = []
  const marks: Mark[] = []
  const taken = new Set<number>()
  const who = matcher(roll)
  for (const one of paper.pupils) {
    const pupil = who(one)
    const said = `${one.forename} ${one.surname}`.trim() || one.upn || one.localId
    if (!pupil || taken.has(pupil.pupil)) {
      leftOut.push({
        row: one.row,
        value: said,
        why: pupil
          ? 'This pupil stands in the file already: the first row is taken.'
          : 'No pupil on roll, or more than one, has this UPN, number or name.',
      })
      continue
    }
    taken.add(pupil.pupil)
    one.marks.forEach((mark, at) => {
      marks.push({ school: pupil.school, pupil: pupil.pupil, place: at + 1, mark })
    })
  }
  const known = before?.marks ?? new Map<string, number | null>()
  const key = ({ pupil, place }: Mark) => `${pupil} ${place}`
  const fresh = marks.filter((one) => !known.has(key(one)))
  const changed = marks.filter((one) => known.has(key(one)) && known.get(key(one)) !== one.mark)
  return {
    changes: [
      {
        what: 'mark',
        added: fresh.length,
        changed: changed.length,
        same: marks.length - fresh.length - changed.length,
      },
    ],
    notes: [`The test is called “${name}”, after the file.`],
    leftOut,
    put: async (viewer, tx) => {
      const trust_id = viewer.trust
      const paper_id = before?.id ?? (await addPaper())
      if (changed.length)
        await tx
          .deleteFrom('evidence.question_mark')
          .where('trust_id', '=', trust_id)
          .where('paper_id', '=', paper_id)
          .where('pupil_id', 'in', [...new Set(changed.map(({ pupil }) => pupil))])
          .execute()
      const again = new Set(changed.map(({ pupil }) => pupil))
      const put = marks.filter((one) => again.has(one.pupil) || !known.has(key(one)))
      await insertMany(
        tx,
        'evidence.question_mark',
        {
          trust_id: 'integer',
          school_id: 'integer',
          paper_id: 'integer',
          pupil_id: 'integer',
          place: 'integer',
          mark: 'double precision',
        },
        put.map(({ school, pupil, place, mark }) => ({
          trust_id,
          school_id: school,
          paper_id,
          pupil_id: pupil,
          place,
          mark,
        })),
      )
      await record(viewer, tx, {
        subject: 'evidence.paper',
        id: paper_id,
        deed: 'marks put in',
        school,
        detail: { marks: put.length },
      })

      async function addPaper(): Promise<number> {
        const { paper_id } = await tx
          .insertInto('evidence.paper')
          .values({ trust_id, title: name, academic_year: academicYear })
          .returning('paper_id')
          .executeTakeFirstOrThrow()
        await tx
          .insertInto('evidence.paper_question')
          .values(paper.questions.map((one, at) => ({ trust_id, paper_id, place: at + 1, ...one })))
          .execute()
        return paper_id
      }
    },
  }
}

/** By UPN, by the school’s own number, or by a name that is one pupil’s alone. */
function matcher(roll: readonly PupilForMatching[]) {
  const upn = new Map(roll.flatMap((one) => (one.upn ? [[one.upn, one] as const] : [])))
  const number = Map.groupBy(
    roll.filter(({ localId }) => localId),
    ({ localId }) => localId!,
  )
  const named = Map.groupBy(roll, ({ surname, forename }) => fold(`${surname} ${forename}`))
  const only = (found: readonly PupilForMatching[] | undefined) =>
    found?.length === 1 ? found[0] : undefined
  return (one: PaperPupil) =>
    (one.upn ? upn.get(one.upn) : undefined) ??
    (one.localId ? only(number.get(one.localId)) : undefined) ??
    only(named.get(fold(`${one.surname} ${one.forename}`)))
}

const sameQuestions = (
  known: readonly { readonly label: string; readonly most: number }[],
  { questions }: Paper,
): boolean =>
  known.length === questions.length && known.every(({ label }, at) => label === questions[at]!.label)

/** The paper as it stands on record, with the marks that the viewer may see. */
const standing = (viewer: Viewer, title: string, academicYear: number) =>
  read(viewer, async (db) => {
    const paper = await db
      .selectFrom('evidence.paper')
      .select('paper_id as id')
      .where('title', '=', title)
      .where('academic_year', '=', academicYear)
      .executeTakeFirst()
    if (!paper) return undefined
    const questions = await db
      .selectFrom('evidence.paper_question')
      .select(['label', 'most'])
      .where('paper_id', '=', paper.id)
      .orderBy('place')
      .execute()
    const marks = await db
      .selectFrom('evidence.question_mark')
      .select(['pupil_id', 'place', 'mark'])
      .where('paper_id', '=', paper.id)
      .execute()
    return {
      id: paper.id,
      questions,
      marks: new Map(marks.map(({ pupil_id, place, mark }) => [`${pupil_id} ${place}`, mark])),
    }
  })
