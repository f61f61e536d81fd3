import { academicYearEnd, academicYearOf } from '../../../../../kernel/academic-year.ts'
import { count } from '../../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import {
  addPupils,
  askTwoRolls,
  type DatedCharacteristic,
  type NewPupil,
  type PupilRevision,
  placePupils,
  placesOfUpns,
  pupilFacts,
  pupilsForMatching,
  revisePupils,
  schools,
} from '../../../../organisation/index.ts'
import { fold } from '../../domain/letters.ts'
import type { LeftOut, Plan, Wish } from '../contract.ts'
import { onRollAt, onTwoRolls } from '../two-rolls.ts'
import { placeTransfer } from './place-transfer.ts'
import { priorFacts, type TransferFact, type TransferPupil } from './pupils.ts'
import type { CtfTree } from './tree.ts'

type Recorded = TransferFact & { readonly from: string }

/** A pupil who is known, and what the file says of them that is not on record. */
interface Known {
  readonly pupil: number
  readonly facts: readonly Recorded[]
}

const multiple = new Set(['fsm', 'sen-provision'])

/** Facts of the file that the record does not have. Nothing on record is overwritten: a change holds from the day of the file. */
function newFacts(
  facts: readonly Recorded[],
  dated: ReadonlySet<TransferFact>,
  standing: readonly DatedCharacteristic[],
  day: string,
): Recorded[] {
  return facts.filter((fact) => {
    const same = standing.filter(({ kind }) => kind === fact.kind)
    if (dated.has(fact) && multiple.has(fact.kind))
      return !same.some(({ value, from }) => value === fact.value && from === fact.from)
    if (fact.kind === 'ks2-reading' || fact.kind === 'ks2-mathematics')
      return !same.some(({ value }) => value === fact.value)
    const now = same
      .filter(({ from, to }) => from <= day && (to === null || to >= day))
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1)
    return now?.value !== fact.value
  })
}

const described = (one: TransferPupil, day: string) => {
  const said = [...one.facts, ...priorFacts(one.results)]
  const facts = said.map((fact): Recorded => ({ ...fact, from: fact.from ?? day }))
  return { facts, dated: new Set<TransferFact>(facts.filter((_, at) => said[at]!.from !== undefined)) }
}

const key = (surname: string, forename: string, born: string | null | undefined) =>
  `${fold(`${surname} ${forename}`)} ${born ?? ''}`

const nameOf = (one: TransferPupil) => `${one.forename} ${one.surname}`.trim()

/** What a CTF brings to the record. */
export interface Transfer {
  /** The file without its pupils: who wrote it, for whom, and when. */
  readonly header: CtfTree
  readonly pupils: readonly TransferPupil[]
}

/** Works out who of a CTF is new to the school, and what is new of those who are not. @throws Refusal for a file of another school. */
export async function planTransfer(viewer: Viewer, { header, pupils }: Transfer, wish: Wish): Promise<Plan> {
  const { school, day, academicYear, notes } = await placeTransfer(viewer, header, wish)
  const roll = await pupilsForMatching(viewer, [school.id], academicYearOf(viewer.today), viewer.today)
  const recorded = await pupilFacts(viewer, school.id)
  const byUpn = new Map(
    roll.flatMap((one) =>
      [...(one.formerUpns ?? []), ...(one.upn ? [one.upn] : [])].map((upn) => [upn, one] as const),
    ),
  )
  const byName = new Map(roll.map((one) => [key(one.surname, one.forename, one.born), one]))
  const elsewhere = new Map(
    (
      await placesOfUpns(
        viewer,
        pupils.flatMap(({ upn }) => upn ?? []),
      )
    ).map((one) => [one.upn, one]),
  )
  const names = new Map((await schools(viewer)).map(({ id, name }) => [id, name]))
  const fresh: NewPupil[] = []
  const back: (Known & { readonly from: string; readonly one: TransferPupil; readonly other?: number })[] = []
  const changed: Known[] = []
  const revisions: PupilRevision[] = []
  const leftOut: LeftOut[] = []
  const taken = new Set<number>()
  let same = 0
  for (const one of pupils) {
    const out = (why: string) =>
      leftOut.push({ part: 'Pupil', row: one.row, column: 'UPN', value: one.upn ?? nameOf(one), why })
    const here =
      byUpn.get(one.upn ?? '') ??
      byUpn.get(one.formerUpn ?? '') ??
      byName.get(key(one.surname, one.forename, one.born))
    const { facts, dated } = described(one, day)
    const entered = one.schools.findLast(({ laestab }) => laestab !== '' && laestab === school.laestab)?.from
    const from = [entered ?? viewer.today, academicYearEnd(academicYearOf(viewer.today))].sort()[0]!
    const placements = one.yearGroup ? [{ academicYear, yearGroup: one.yearGroup }] : []
    if (here) {
      if (taken.has(here.pupil)) {
        out(`${nameOf(one)} would be the same pupil as one who stands in the file already.`)
        continue
      }
      taken.add(here.pupil)
      if (
        one.upn &&
        here.upn &&
        one.upn !== here.upn &&
        here.upn !== one.formerUpn &&
        !here.formerUpns?.includes(one.upn)
      ) {
        out(
          `${nameOf(one)} is on roll with the UPN ${here.upn}. Which of the two is right has to be said first.`,
        )
        continue
      }
      const news = newFacts(facts, dated, recorded.get(here.pupil) ?? [], day)
      const revision = revisionOf(here, one)
      if (news.length) changed.push({ pupil: here.pupil, facts: news })
      if (revision) revisions.push({ ...revision, pupil: here.pupil, school: school.id })
      if (!news.length && !revision) same++
      continue
    }
    const known = elsewhere.get(one.upn ?? '')
    if (known) back.push({ pupil: known.pupil, facts, from, one, other: onRollAt(known, school.id, from) })
    else
      fresh.push({
        school: school.id,
        ...(one.upn ? { upn: one.upn } : {}),
        surname: one.surname,
        forename: one.forename,
        ...(one.born ? { born: one.born } : {}),
        from,
        placements,
        characteristics: facts.map((fact) =>
          fact.kind === 'sex' ? { ...fact, from: one.born ?? fact.from } : fact,
        ),
      })
  }
  const touched = new Set([...changed, ...revisions].map(({ pupil }) => pupil))
  const rows = [...changed, ...back].reduce((sum, { facts }) => sum + facts.length, 0)
  return {
    changes: [{ what: 'pupil', added: fresh.length + back.length, changed: touched.size, same }],
    notes: [
      ...notes,
      ...(back.length
        ? [
            `${count(back.length, 'pupil')} ${back.length === 1 ? 'is' : 'are'} known in the trust from before and would go on roll here.`,
          ]
        : []),
      ...onTwoRolls(
        back.flatMap(({ one, other }) =>
          other === undefined ? [] : [{ name: nameOf(one), other: names.get(other) ?? 'another school' }],
        ),
      ),
      ...(rows
        ? [
            `${count(rows, 'new fact')} about pupils who are known, each from its own day; nothing on record is overwritten.`,
          ]
        : []),
    ],
    leftOut,
    put: async (here) => {
      await addPupils(here, fresh)
      await revisePupils(here, revisions)
      await placePupils(here, {
        enrolments: back.map(({ pupil, from }) => ({ pupil, school: school.id, from })),
        placements: back.flatMap(({ pupil, one }) =>
          one.yearGroup ? [{ pupil, school: school.id, academicYear, yearGroup: one.yearGroup }] : [],
        ),
        characteristics: [...changed, ...back].flatMap(({ pupil, facts }) =>
          facts.map((fact) => ({ ...fact, pupil, school: school.id })),
        ),
      })
      await askTwoRolls(
        here,
        back.flatMap(({ pupil, from, other }) =>
          other === undefined ? [] : [{ pupil, school: school.id, other, day: from }],
        ),
      )
    },
  }
}

function revisionOf(
  here: {
    readonly upn: string | null
    readonly formerUpns?: readonly string[]
    readonly surname: string
    readonly forename: string
    readonly born: string | null
  },
  one: TransferPupil,
) {
  const now = {
    ...(one.upn && one.upn !== here.upn && !here.formerUpns?.includes(one.upn) ? { upn: one.upn } : {}),
    ...(fold(one.surname) !== fold(here.surname) ? { surname: one.surname } : {}),
    ...(one.forename && fold(one.forename) !== fold(here.forename) ? { forename: one.forename } : {}),
    ...(one.born && one.born !== here.born ? { born: one.born } : {}),
  }
  return Object.keys(now).length ? now : undefined
}
