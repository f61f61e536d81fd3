import type { NewPupil, PupilForMatching, PupilRevision } from '../../../../organisation/index.ts'
import { fold } from '../../domain/letters.ts'
import type { LeftOut } from '../contract.ts'
import type { RosterPupil } from './roster.ts'

/** What a package’s pupils of one school come to. Ids of new pupils are their place in `fresh`, below zero. */
export interface PupilPlan {
  /** By the package’s id: ours, or −1, −2 … for those in `fresh`. */
  readonly ids: ReadonlyMap<string, number>
  readonly fresh: readonly NewPupil[]
  readonly revisions: readonly PupilRevision[]
  readonly same: number
  readonly leftOut: readonly LeftOut[]
  /** On roll and not in the package. */
  readonly missing: number
}

/**
 * Who each pupil of a package is on the school’s roll: by UPN, by the school’s own number where the name agrees, or by name
 * and birth date. Pure: `elsewhere` holds the UPNs that are on roll at the trust’s other schools, with the school’s name.
 */
export function planPupils(
  pupils: readonly RosterPupil[],
  about: {
    readonly school: number
    readonly roll: readonly PupilForMatching[]
    readonly elsewhere: ReadonlyMap<string, string>
    readonly academicYear: number
    readonly from: string
  },
): PupilPlan {
  const { school, roll, elsewhere, academicYear, from } = about
  const by = (key: (pupil: PupilForMatching) => string | undefined) =>
    new Map(roll.flatMap((pupil) => (key(pupil) ? [[key(pupil)!, pupil] as const] : [])))
  const byUpn = by(({ upn }) => upn ?? undefined)
  const byLocal = by(({ localId }) => localId ?? undefined)
  const byName = by(({ surname, forename, born }) =>
    born ? `${fold(`${surname} ${forename}`)} ${born}` : undefined,
  )
  const ids = new Map<string, number>()
  const fresh: NewPupil[] = []
  const revisions: PupilRevision[] = []
  const leftOut: LeftOut[] = []
  const taken = new Map<number, string>()
  let same = 0
  for (const one of pupils) {
    const out = (value: string, why: string) =>
      leftOut.push({ part: 'users.csv', row: one.row, column: 'sourcedId', value, why })
    const name = `${one.forename} ${one.surname}`.trim()
    const numbered = byLocal.get(one.localId)
    const known =
      (one.upn ? byUpn.get(one.upn) : undefined) ??
      (numbered && (!one.upn || !numbered.upn) && agrees(numbered, one) ? numbered : undefined) ??
      (one.born ? byName.get(`${fold(`${one.surname} ${one.forename}`)} ${one.born}`) : undefined)
    if (known && taken.has(known.pupil)) {
      out(
        one.id,
        `${name} would be the same pupil as ${taken.get(known.pupil)}, who stands in the file already.`,
      )
      continue
    }
    if (known && one.upn && known.upn && known.upn !== one.upn) {
      out(
        one.upn,
        `${name} is on roll with the UPN ${known.upn}. Which of the two is right has to be said first.`,
      )
      continue
    }
    const at = one.upn ? elsewhere.get(one.upn) : undefined
    if (!known && at) {
      out(
        one.upn!,
        `${name} is on roll at ${at}. Record the move first: nobody is on roll at two schools on one day.`,
      )
      continue
    }
    if (!known) {
      ids.set(one.id, -(fresh.length + 1))
      fresh.push(newPupil(one, school, academicYear, from))
      continue
    }
    taken.set(known.pupil, name)
    ids.set(one.id, known.pupil)
    const now = revisionOf(known, one, academicYear)
    if (now) revisions.push({ ...now, pupil: known.pupil, school })
    else same++
  }
  return { ids, fresh, revisions, same, leftOut, missing: roll.length - taken.size }
}

const agrees = (known: PupilForMatching, one: RosterPupil) => fold(known.surname) === fold(one.surname)

const newPupil = (one: RosterPupil, school: number, academicYear: number, from: string): NewPupil => ({
  school,
  ...(one.upn ? { upn: one.upn } : {}),
  localId: one.localId,
  surname: one.surname,
  forename: one.forename,
  ...(one.born ? { born: one.born } : {}),
  from,
  placements: one.yearGroup ? [{ academicYear, yearGroup: one.yearGroup }] : [],
  characteristics: one.sex ? [{ kind: 'sex', value: one.sex, from: one.born ?? from }] : [],
})

/** What the package says otherwise than the record; a field that it leaves empty changes nothing. */
function revisionOf(known: PupilForMatching, one: RosterPupil, academicYear: number) {
  const now = {
    ...(one.upn && !known.upn ? { upn: one.upn } : {}),
    ...(!known.localId ? { localId: one.localId } : {}),
    ...(one.surname && one.surname !== known.surname ? { surname: one.surname } : {}),
    ...(one.forename && one.forename !== known.forename ? { forename: one.forename } : {}),
    ...(one.born && one.born !== known.born ? { born: one.born } : {}),
    ...(one.yearGroup && one.yearGroup !== known.yearGroup
      ? { placement: { academicYear, yearGroup: one.yearGroup } }
      : {}),
  }
  return Object.keys(now).length ? now : undefined
}
