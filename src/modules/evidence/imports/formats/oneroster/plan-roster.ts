import { academicYearOf, academicYearStart } from '../../../../../kernel/academic-year.ts'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import { schoolsWhere } from '../../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import {
  addPupils,
  addSchool,
  pupilsForMatching,
  revisePupils,
  schools,
} from '../../../../organisation/index.ts'
import type { Change, Plan, Wish } from '../contract.ts'
import { type PlacedSchools, placeSchools } from './place-schools.ts'
import { type ClassPlan, planClasses } from './plan-classes.ts'
import { type PupilPlan, planPupils } from './plan-pupils.ts'
import { planStaff, type StaffPlan } from './plan-staff.ts'
import type { Roster, RosterSchool } from './roster.ts'

interface SchoolPlan {
  /** Ours; undefined while it is yet to be added. */
  readonly id?: number
  readonly school: RosterSchool
  readonly pupils: PupilPlan
  readonly staff: StaffPlan
  readonly classes: ClassPlan
}

/** Pupils, staff and classes of a package against the record: who is new, what has changed, who can’t be placed. */
export async function planRoster(viewer: Viewer, roster: Roster, wish: Wish): Promise<Plan> {
  const placed = await placeSchools(viewer, roster, wish)
  const academicYear = roster.academicYear ?? academicYearOf(viewer.today)
  const from = [academicYearStart(academicYear), viewer.today].sort()[0]!
  const plans: SchoolPlan[] = []
  for (const school of roster.schools) {
    const id = placed.known.get(school.id)?.id
    if (id === undefined && !placed.fresh.includes(school)) continue
    const roll = id === undefined ? [] : await pupilsForMatching(viewer, [id], academicYear, viewer.today)
    const pupils = planPupils(
      roster.pupils.filter((one) => one.school === school.id),
      { school: id ?? 0, roll, elsewhere: await upnsElsewhere(viewer, id), academicYear, from },
    )
    const staff = await planStaff(
      viewer,
      roster.staff.filter((one) => one.school === school.id),
      id,
    )
    const classes = await planClasses(viewer, {
      classes: roster.classes.filter((one) => one.school === school.id),
      pupils,
      staff,
      yearGroups: new Map(roster.pupils.map((one) => [one.id, one.yearGroup])),
      school: id,
      academicYear,
    })
    plans.push({ id, school, pupils, staff, classes })
  }
  if (plans.length === 0)
    throw new Refusal(
      `None of the package’s schools is one of the trust’s: ${roster.schools
        .slice(0, 5)
        .map(({ name, identifier }) => `${name} (${identifier || 'no identifier'})`)
        .join(', ')}. The identifier of a school should be its URN or its LAESTAB.`,
    )
  return {
    changes: changesOf(plans, placed),
    notes: [...placed.notes, ...plans.flatMap(notesOf)],
    leftOut: [
      ...placed.leftOut,
      ...plans.flatMap(({ pupils, staff, classes }) => [
        ...pupils.leftOut,
        ...staff.leftOut,
        ...classes.leftOut,
      ]),
    ],
    put: async (here) => {
      for (const plan of plans)
        await putSchool(
          here,
          plan,
          plan.id ?? (await newSchool(here, plan.school, academicYear)),
          academicYear,
          from,
        )
    },
  }
}

/** UPNs on roll at the trust’s other schools, as far as the viewer may send for them. */
async function upnsElsewhere(
  viewer: Viewer,
  school: number | undefined,
): Promise<ReadonlyMap<string, string>> {
  const reach = schoolsWhere(viewer, 'send results')
  const others = (await schools(viewer)).filter(
    ({ id }) => id !== school && (reach === 'all' || reach.includes(id)),
  )
  const names = new Map(others.map(({ id, name }) => [id, name]))
  const roll = await pupilsForMatching(viewer, [...names.keys()], academicYearOf(viewer.today), viewer.today)
  return new Map(roll.flatMap((one) => (one.upn ? [[one.upn, names.get(one.school)!] as const] : [])))
}

function changesOf(plans: readonly SchoolPlan[], placed: PlacedSchools): Change[] {
  const sum = (of: (plan: SchoolPlan) => number) => plans.reduce((total, plan) => total + of(plan), 0)
  return [
    ...(placed.fresh.length
      ? [{ what: 'school', added: placed.fresh.length, changed: 0, same: plans.length - placed.fresh.length }]
      : []),
    {
      what: 'pupil',
      added: sum(({ pupils }) => pupils.fresh.length),
      changed: sum(({ pupils }) => pupils.revisions.length),
      same: sum(({ pupils }) => pupils.same),
    },
    {
      what: 'member of staff',
      more: 'members of staff',
      added: sum(({ staff }) => staff.fresh.length),
      changed: 0,
      same: sum(({ staff }) => staff.same),
    },
    {
      what: 'class',
      more: 'classes',
      added: sum(({ classes }) => classes.fresh.length),
      changed: sum(({ classes }) => classes.changed.length),
      same: sum(({ classes }) => classes.same),
    },
  ]
}

const notesOf = ({ school, pupils, staff }: SchoolPlan): string[] => [
  ...(pupils.missing
    ? [
        `${school.name}: ${count(pupils.missing, 'pupil')} on roll ${pupils.missing === 1 ? 'is' : 'are'} not in the package. They stay on roll; a leaver is recorded, not guessed.`,
      ]
    : []),
  ...staff.notes,
]

async function newSchool(here: Viewer, { name, identifier, id }: RosterSchool, academicYear: number) {
  const taken = (await schools(here))
    .map(({ urn }) => Number(urn))
    .filter((urn) => urn >= 900_000 && urn < 999_000)
  return addSchool(here, {
    urn: /^\d{6}$/.test(identifier) ? identifier : String(Math.max(900_000, ...taken) + 1),
    name,
    slug: undefined,
    localCode: id,
    phase: 'primary',
    from: academicYearStart(academicYear),
  })
}

async function putSchool(here: Viewer, plan: SchoolPlan, school: number, academicYear: number, from: string) {
  const added = await addPupils(
    here,
    plan.pupils.fresh.map((one) => ({ ...one, school })),
  )
  await revisePupils(here, plan.pupils.revisions)
  const pupilId = (id: number) => (id < 0 ? added[-id - 1]! : id)
  const staffIds = await plan.staff.put(here, school)
  await plan.classes.put(here, {
    school,
    pupilId,
    personId: (id) => (id < 0 ? staffIds[-id - 1]! : id),
    academicYear,
    from,
  })
}
