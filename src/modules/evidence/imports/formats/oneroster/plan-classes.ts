import type { Viewer } from '../../../../../platform/viewer.ts'
import {
  addClasses,
  addTeachers,
  classesOf,
  classPlaces,
  endClassPlaces,
  placePupils,
  type Subject,
  subjects,
} from '../../../../organisation/index.ts'
import { fold } from '../../domain/letters.ts'
import type { LeftOut } from '../contract.ts'
import type { PupilPlan } from './plan-pupils.ts'
import type { StaffPlan } from './plan-staff.ts'
import type { RosterClass } from './roster.ts'

interface ClassChange {
  readonly class: number
  readonly join: readonly number[]
  readonly leave: readonly number[]
  readonly teach: readonly number[]
}

interface Putting {
  readonly school: number
  readonly pupilId: (id: number) => number
  readonly personId: (id: number) => number
  readonly academicYear: number
  readonly from: string
}

export interface ClassPlan {
  readonly fresh: readonly RosterClass[]
  readonly changed: readonly ClassChange[]
  readonly same: number
  readonly leftOut: readonly LeftOut[]
  readonly put: (here: Viewer, about: Putting) => Promise<void>
}

/** Classes are known by their name in the year. Who is in a class of the package and not in its list leaves the class. */
export async function planClasses(
  viewer: Viewer,
  about: {
    readonly classes: readonly RosterClass[]
    readonly pupils: PupilPlan
    readonly staff: StaffPlan
    readonly yearGroups: ReadonlyMap<string, string | undefined>
    /** Undefined while the school is yet to be added. */
    readonly school?: number
    readonly academicYear: number
  },
): Promise<ClassPlan> {
  const { school, pupils, staff } = about
  const ours = school === undefined ? [] : await classesOf(viewer, school, about.academicYear)
  const byName = new Map(ours.map((one) => [fold(one.name), one]))
  const places =
    school === undefined
      ? { pupils: [], teachers: [] }
      : await classPlaces(
          viewer,
          school,
          ours.map(({ id }) => id),
        )
  const all = await subjects(viewer)
  const idsOf = (of: readonly string[], ids: ReadonlyMap<string, number>) =>
    of.flatMap((id) => ids.get(id) ?? [])
  const fresh: RosterClass[] = []
  const changed: ClassChange[] = []
  let same = 0
  for (const one of about.classes) {
    const known = byName.get(fold(one.name))
    if (!known) {
      fresh.push(one)
      continue
    }
    const [wanted, teachers] = [new Set(idsOf(one.pupils, pupils.ids)), idsOf(one.teachers, staff.ids)]
    const now = new Set(places.pupils.flatMap((place) => (place.class === known.id ? [place.pupil] : [])))
    const taught = new Set(
      places.teachers.flatMap((place) => (place.class === known.id ? [place.person] : [])),
    )
    const change = {
      class: known.id,
      join: [...wanted].filter((pupil) => !now.has(pupil)),
      leave: [...now].filter((pupil) => !wanted.has(pupil)),
      teach: teachers.filter((person) => !taught.has(person)),
    }
    if (change.join.length + change.leave.length + change.teach.length) changed.push(change)
    else same++
  }
  return {
    fresh,
    changed,
    same,
    leftOut: [],
    put: async (here, { school: at, pupilId, personId, academicYear, from }) => {
      const added = await addClasses(
        here,
        fresh.map((one) => ({
          school: at,
          academicYear,
          name: one.name,
          yearGroup: one.yearGroup ?? commonest(one.pupils.map((id) => about.yearGroups.get(id))) ?? 'X',
          kind: one.kind,
          subject: one.kind === 'teaching' ? subjectOf(one, all) : undefined,
        })),
      )
      const joined = [
        ...fresh.flatMap((one, index) =>
          idsOf(one.pupils, pupils.ids).map((pupil) => ({ class: added[index]!, pupil, from })),
        ),
        ...changed.flatMap((one) =>
          one.join.map((pupil) => ({ class: one.class, pupil, from: viewer.today })),
        ),
      ]
      await endClassPlaces(
        here,
        changed.flatMap((one) => one.leave.map((pupil) => ({ school: at, class: one.class, pupil }))),
        viewer.today,
      )
      await placePupils(here, {
        classes: joined.map((one) => ({ ...one, school: at, pupil: pupilId(one.pupil) })),
      })
      await addTeachers(
        here,
        [
          ...fresh.flatMap((one, index) =>
            idsOf(one.teachers, staff.ids).map((person) => ({ class: added[index]!, person })),
          ),
          ...changed.flatMap((one) => one.teach.map((person) => ({ class: one.class, person }))),
        ].map((one) => ({ school: at, class: one.class, person: personId(one.person) })),
        viewer.today,
      )
    },
  }
}

function commonest(years: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>()
  for (const year of years) if (year) counts.set(year, (counts.get(year) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

const subjectOf = (one: RosterClass, all: readonly Subject[]): number | undefined => {
  const said = one.subject.map(fold)
  return all.find(({ code, name }) => said.includes(fold(name)) || said.includes(fold(code)))?.id
}
