import { addDays } from '../../../../../kernel/days.ts'
import type {
  KnownPlaces,
  NewPupil,
  PupilForMatching,
  PupilRevision,
} from '../../../../organisation/index.ts'
import { fold } from '../../domain/letters.ts'
import type { LeftOut } from '../contract.ts'
import { onRollAt } from '../two-rolls.ts'
import type { RosterPupil } from './roster.ts'

/** What a package’s pupils of one school come to. Ids of new pupils are their place in `fresh`, below zero. */
export interface PupilPlan {
  /** By the package’s id: ours, or −1, −2 … for those in `fresh`. */
  readonly ids: ReadonlyMap<string, number>
  /** `known`: the trust knows them already, and at `other` they stand on roll as well. */
  readonly fresh: readonly ArrivingPupil[]
  readonly revisions: readonly PupilRevision[]
  readonly same: number
  readonly leftOut: readonly LeftOut[]
  /** On roll and not in the package. */
  readonly missing: readonly number[]
  readonly onRoll: number
  /** By name, those who stand on another roll as well, with its school. */
  readonly twice: readonly { readonly name: string; readonly other: number }[]
}

export type ArrivingPupil = NewPupil & { readonly known?: number; readonly other?: number }

/**
 * Who each pupil of a package is on the school’s roll: by UPN, by the school’s own number where the name agrees, or by name
 * and birth date. Pure: `elsewhere` holds whom the trust knows by these UPNs.
 */
export function planPupils(
  pupils: readonly RosterPupil[],
  about: {
    readonly school: number
    readonly roll: readonly PupilForMatching[]
    readonly elsewhere: ReadonlyMap<string, KnownPlaces>
    readonly today: string
    readonly academicYear: number
    readonly from: string
  },
): PupilPlan {
  const { school, roll, elsewhere, academicYear, from } = about
  const by = (key: (pupil: PupilForMatching) => string | undefined) =>
    new Map(roll.flatMap((pupil) => (key(pupil) ? [[key(pupil)!, pupil] as const] : [])))
  const byUpn = new Map(
    roll.flatMap((one) =>
      [...(one.formerUpns ?? []), ...(one.upn ? [one.upn] : [])].map((upn) => [upn, one] as const),
    ),
  )
  const byLocal = by(({ localId }) => localId ?? undefined)
  const byName = by(({ surname, forename, born }) =>
    born ? `${fold(`${surname} ${forename}`)} ${born}` : undefined,
  )
  const ids = new Map<string, number>()
  const fresh: ArrivingPupil[] = []
  const twice: { name: string; other: number }[] = []
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
    if (known && one.upn && known.upn && known.upn !== one.upn && !known.formerUpns?.includes(one.upn)) {
      out(
        one.upn,
        `${name} is on roll with the UPN ${known.upn}. Which of the two is right has to be said first.`,
      )
      continue
    }
    if (!known) {
      ids.set(one.id, -(fresh.length + 1))
      const places = one.upn ? elsewhere.get(one.upn) : undefined
      const arriving = arrive(newPupil(one, school, academicYear, from), places, about.today)
      if (arriving.other !== undefined) twice.push({ name, other: arriving.other })
      fresh.push(arriving)
      continue
    }
    taken.set(known.pupil, name)
    ids.set(one.id, known.pupil)
    const now = revisionOf(known, one, academicYear)
    if (now) revisions.push({ ...now, pupil: known.pupil, school })
    else same++
  }
  return {
    ids,
    fresh,
    revisions,
    same,
    leftOut,
    missing: roll.flatMap(({ pupil }) => (taken.has(pupil) ? [] : [pupil])),
    onRoll: roll.length,
    twice,
  }
}

/** Whom the trust knows comes from the day after their last school, or from today while they stand on another roll. */
function arrive(pupil: NewPupil, places: KnownPlaces | undefined, today: string): ArrivingPupil {
  if (!places) return pupil
  const other = onRollAt(places, pupil.school, today)
  const last = places.enrolments
    .flatMap(({ to }) => (to !== null && to < today ? [addDays(to, 1)] : []))
    .sort()
  const from = other !== undefined ? today : [pupil.from, last.at(-1) ?? pupil.from].sort().at(-1)!
  return { ...pupil, from, known: places.pupil, ...(other === undefined ? {} : { other }) }
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
