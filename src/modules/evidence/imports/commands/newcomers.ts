import { academicYearStart } from '../../../../kernel/academic-year.ts'
import { addDays } from '../../../../kernel/days.ts'
import { type Writing, within, write } from '../../../../platform/database/door.ts'
import { takeIds } from '../../../../platform/database/insert-many.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  addPupils,
  addSchool,
  askTwoRolls,
  type KnownPlaces,
  type NewPupil,
  type NewSchool,
  type PupilState,
  placePupils,
  placesOfUpns,
  pupilState,
} from '../../../organisation/index.ts'
import type { Drop } from '../../drops/domain/drop.ts'
import type { Outcome } from '../check/check-file.ts'
import type { Setting } from '../check/setting.ts'
import { namesOf } from '../domain/roll.ts'

/** Schools and pupils that a publish adds, under ids taken beforehand: their results are sealed before they are on record. */
export interface Newcomers {
  readonly schools: readonly (NewSchool & { readonly id: number })[]
  readonly pupils: readonly (NewPupil & { readonly id: number })[]
  /** Pupils whom the trust knows by their UPN, and who come on roll here; `other` is where they stand on roll as well. */
  readonly known: readonly (NewPupil & { readonly id: number; readonly other?: number })[]
  /** From the bench’s numbers (below zero) to the true ones. */
  readonly schoolIds: ReadonlyMap<number, number>
  readonly pupilIds: ReadonlyMap<number, number>
}

/** Works out who would be added, and takes ids for them. Nothing is written yet. */
export async function newcomersOf(viewer: Viewer, outcome: Outcome, setting: Setting): Promise<Newcomers> {
  const { persons, newSchools } = outcome.standings
  const fresh = persons.filter(({ placing }) => placing.standing === 'new')
  if (fresh.length === 0 && newSchools.length === 0)
    return { schools: [], pupils: [], known: [], schoolIds: new Map(), pupilIds: new Map() }
  const [schoolIds, ids] = await write(viewer, async (tx) => [
    await takeIds(tx, 'organisation.school', 'school_id', newSchools.length),
    await takeIds(tx, 'organisation.pupil', 'pupil_id', fresh.length),
  ])
  const trueSchool = new Map(newSchools.map((_, at) => [-(at + 1), schoolIds![at]!]))
  const { drop } = setting
  const years = new Set(setting.asked.flatMap((one) => one.years))
  const onlyYear = years.size === 1 ? [...years][0]! : undefined
  const forms = new Map(
    outcome.standings.roll.flatMap((pupil) =>
      pupil.form && pupil.classId
        ? [[`${pupil.school}|${pupil.form.toLowerCase()}`, pupil.classId] as [string, number]]
        : [],
    ),
  )
  const from = [academicYearStart(drop.academicYear), drop.asAt].sort()[0]!
  const upnOf = (text: string) => text.replace(/\s/g, '').toUpperCase()
  const places = new Map(
    (
      await placesOfUpns(
        viewer,
        fresh.flatMap(({ person }) => (person.upn ? [upnOf(person.upn)] : [])),
      )
    ).map((one) => [one.upn, one]),
  )
  const all = fresh.map(({ person, about, born, yearGroup }, at) => {
    const school = trueSchool.get(person.school!) ?? person.school!
    const { surname, forename, whole } = namesOf(person)
    const words = whole.split(' ')
    const year = yearGroup ?? onlyYear
    const form = forms.get(`${school}|${person.form.toLowerCase()}`)
    return {
      id: ids![at]!,
      school,
      ...(person.upn ? { upn: upnOf(person.upn) } : {}),
      ...(person.localId ? { localId: person.localId } : {}),
      surname: surname || words.slice(1).join(' ') || words[0] || '',
      forename: surname ? forename : words.length > 1 ? words[0]! : '',
      ...(born ? { born } : {}),
      from,
      placements: year ? [{ academicYear: drop.academicYear, yearGroup: year }] : [],
      classes: form ? [{ class: form, from }] : [],
      characteristics: about.map(({ kind, value }) => ({ kind: kind as never, value, from })),
    }
  })
  const taken = new Set<number>()
  const placed = all.map((pupil) => {
    const known = pupil.upn ? places.get(pupil.upn) : undefined
    if (!known || taken.has(known.pupil)) return pupil
    taken.add(known.pupil)
    return comesHere(pupil, known, drop)
  })
  return {
    schools: newSchools.map((text, at) => newSchool(text, schoolIds![at]!, setting, at)),
    pupils: placed.filter((one, at) => one.id === ids![at]),
    known: placed.filter((one, at) => one.id !== ids![at]),
    schoolIds: trueSchool,
    pupilIds: new Map(fresh.map(({ of }, at) => [-of.person, placed[at]!.id])),
  }
}

type Placed = NewPupil & { readonly id: number; readonly other?: number }

/**
 * A pupil whom the trust knows comes on roll: before the days they were here already (a school’s history), from the day after
 * they left another, or from the drop’s day when they stand on another roll, which is then asked about.
 */
function comesHere(pupil: Placed, { pupil: id, enrolments }: KnownPlaces, drop: Drop): Placed {
  const here = enrolments.find((one) => one.school === pupil.school && one.from > drop.asAt)
  const other = enrolments.find(
    (one) => one.school !== pupil.school && one.from <= drop.asAt && (one.to === null || one.to >= drop.asAt),
  )
  const last = enrolments.flatMap((one) => (one.to !== null && one.to < drop.asAt ? [one.to] : [])).sort()
  const after = last.length ? addDays(last.at(-1)!, 1) : pupil.from
  const from = other ? drop.asAt : [pupil.from, after].sort().at(-1)!
  return {
    ...pupil,
    id,
    from,
    to: here ? addDays(here.from, -1) : null,
    classes: pupil.classes?.map((one) => ({ ...one, from })),
    characteristics: pupil.characteristics?.map((one) => ({ ...one, from })),
    ...(other ? { other: other.school } : {}),
  }
}

/** A school of which a file says only a code: it goes by that, and by a URN from 900001 on until the true one is known. */
function newSchool(text: string, id: number, setting: Setting, at: number): NewSchool & { id: number } {
  const urn = /^\d{6}$/.test(text)
    ? text
    : String(
        Math.max(
          900_000,
          ...setting.schools
            .map((school) => Number(school.urn))
            .filter((known) => known > 900_000 && known < 999_000),
        ) +
          at +
          1,
      )
  const eldest = Math.max(...setting.asked.flatMap((one) => one.years.map((year) => Number(year) || 0)), 0)
  const name = /[a-z]{3}/i.test(text) ? text : `School ${text}`
  return {
    id,
    urn,
    name,
    localCode: text,
    phase: eldest >= 7 ? 'secondary' : 'primary',
    since: `${setting.drop.academicYear}-09-01`,
  }
}

/** Puts the newcomers on record, in the publish’s own transaction; schools are asked for this drop’s results from now on. */
export async function addNewcomers(
  viewer: Viewer,
  tx: Writing,
  { schools, pupils, known }: Newcomers,
  drop: Drop,
): Promise<void> {
  const here = within(viewer, tx)
  for (const school of schools) {
    await addSchool(here, school)
    await tx
      .insertInto('evidence.drop_request')
      .values({
        trust_id: viewer.trust,
        drop_id: drop.id,
        school_id: school.id,
        person_id: null,
        due: drop.due,
      })
      .execute()
  }
  await addPupils(here, pupils)
  await placePupils(here, {
    enrolments: known.map((one) => ({ pupil: one.id, school: one.school, from: one.from, to: one.to })),
    placements: known.flatMap((one) =>
      (one.placements ?? []).map((placement) => ({ ...placement, pupil: one.id, school: one.school })),
    ),
    classes: known.flatMap((one) =>
      (one.classes ?? []).map((place) => ({ ...place, pupil: one.id, school: one.school })),
    ),
    characteristics: known.flatMap((one) =>
      (one.characteristics ?? []).map((fact) => ({ ...fact, pupil: one.id, school: one.school })),
    ),
  })
  await askTwoRolls(
    here,
    known.flatMap((one) =>
      one.other === undefined
        ? []
        : [{ pupil: one.id, school: one.school, other: one.other, day: drop.asAt }],
    ),
  )
}

/** What the lake keeps of the new pupils: worked out as for those on record, before they are. */
export function newcomersStates(
  { pupils, known }: Newcomers,
  forms: ReadonlyMap<number, string>,
  drop: Drop,
): PupilState[] {
  return [...pupils, ...known.filter((one) => one.other === undefined)].map((pupil) => {
    const classId = pupil.classes?.[0]?.class ?? null
    return pupilState(
      {
        pupil: pupil.id,
        school: pupil.school,
        upn: null,
        localId: null,
        surname: '',
        forename: '',
        born: null,
        yearGroup: pupil.placements?.[0]?.yearGroup ?? null,
        classId,
        form: classId === null ? null : (forms.get(classId) ?? null),
      },
      (pupil.characteristics ?? []).map(({ kind, value, from }) => ({ kind, value, from, to: null })),
      pupil.from,
      drop.asAt,
      drop.academicYear,
    )
  })
}
