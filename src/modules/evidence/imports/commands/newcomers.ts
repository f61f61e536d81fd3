import { academicYearStart } from '../../../../kernel/academic-year.ts'
import { type Writing, within, write } from '../../../../platform/database/door.ts'
import { takeIds } from '../../../../platform/database/insert-many.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  addPupils,
  addSchool,
  type NewPupil,
  type NewSchool,
  type PupilState,
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
  /** From the bench’s numbers (below zero) to the true ones. */
  readonly schoolIds: ReadonlyMap<number, number>
  readonly pupilIds: ReadonlyMap<number, number>
}

/** Works out who would be added, and takes ids for them. Nothing is written yet. */
export async function newcomersOf(viewer: Viewer, outcome: Outcome, setting: Setting): Promise<Newcomers> {
  const { persons, newSchools } = outcome.standings
  const fresh = persons.filter(({ placing }) => placing.standing === 'new')
  if (fresh.length === 0 && newSchools.length === 0)
    return { schools: [], pupils: [], schoolIds: new Map(), pupilIds: new Map() }
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
  const pupils = fresh.map(({ person, about, born, yearGroup }, at) => {
    const school = trueSchool.get(person.school!) ?? person.school!
    const { surname, forename, whole } = namesOf(person)
    const words = whole.split(' ')
    const year = yearGroup ?? onlyYear
    const form = forms.get(`${school}|${person.form.toLowerCase()}`)
    return {
      id: ids![at]!,
      school,
      ...(person.upn ? { upn: person.upn.replace(/\s/g, '').toUpperCase() } : {}),
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
  return {
    schools: newSchools.map((text, at) => newSchool(text, schoolIds![at]!, setting, at)),
    pupils,
    schoolIds: trueSchool,
    pupilIds: new Map(fresh.map(({ of }, at) => [-of.person, ids![at]!])),
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
    from: `${setting.drop.academicYear}-09-01`,
  }
}

/** Puts the newcomers on record, in the publish’s own transaction; schools are asked for this drop’s results from now on. */
export async function addNewcomers(
  viewer: Viewer,
  tx: Writing,
  { schools, pupils }: Newcomers,
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
}

/** What the lake keeps of the new pupils: worked out as for those on record, before they are. */
export function newcomersStates(
  { pupils }: Newcomers,
  forms: ReadonlyMap<number, string>,
  drop: Drop,
): PupilState[] {
  return pupils.map((pupil) => {
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
