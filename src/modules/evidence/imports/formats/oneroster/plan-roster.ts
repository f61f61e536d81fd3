import { academicYearOf, academicYearStart } from '../../../../../kernel/academic-year.ts'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import {
  addPupils,
  addSchool,
  askLeft,
  askTwoRolls,
  leftAsked,
  looksCutShort,
  placePupils,
  placesOfUpns,
  pupilsForMatching,
  revisePupils,
  schools,
} from '../../../../organisation/index.ts'
import type { Change, Plan, Wish } from '../contract.ts'
import { onTwoRolls } from '../two-rolls.ts'
import { type PlacedSchools, placeSchools } from './place-schools.ts'
import { type ClassPlan, planClasses } from './plan-classes.ts'
import { type ArrivingPupil, type PupilPlan, planPupils } from './plan-pupils.ts'
import { planStaff, type StaffPlan } from './plan-staff.ts'
import type { Roster, RosterSchool } from './roster.ts'

interface SchoolPlan {
  /** Ours; undefined while it is yet to be added. */
  readonly id?: number
  readonly school: RosterSchool
  readonly pupils: PupilPlan
  readonly staff: StaffPlan
  readonly classes: ClassPlan
  /** Questions whether people have left that were not asked before. */
  readonly asks: number
}

/** Pupils, staff and classes of a package against the record: who is new, what has changed, who can’t be placed. */
export async function planRoster(viewer: Viewer, roster: Roster, wish: Wish): Promise<Plan> {
  const placed = await placeSchools(viewer, roster, wish)
  const academicYear = roster.academicYear ?? academicYearOf(viewer.today)
  const from = [academicYearStart(academicYear), viewer.today].sort()[0]!
  const elsewhere = new Map(
    (
      await placesOfUpns(
        viewer,
        roster.pupils.flatMap(({ upn }) => upn ?? []),
      )
    ).map((one) => [one.upn, one]),
  )
  const names = new Map((await schools(viewer)).map(({ id, name }) => [id, name]))
  const plans: SchoolPlan[] = []
  for (const school of roster.schools) {
    const id = placed.known.get(school.id)?.id
    if (id === undefined && !placed.fresh.includes(school)) continue
    const roll = id === undefined ? [] : await pupilsForMatching(viewer, [id], academicYear, viewer.today)
    const pupils = planPupils(
      roster.pupils.filter((one) => one.school === school.id),
      { school: id ?? 0, roll, elsewhere, academicYear, from, today: viewer.today },
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
    plans.push({ id, school, pupils, staff, classes, asks: await newlyMissing(viewer, id, pupils, staff) })
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
    notes: [...placed.notes, ...plans.flatMap((plan) => notesOf(plan, names))],
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
    ...(sum(({ asks }) => asks)
      ? [
          {
            what: 'question whether they left',
            more: 'questions whether they left',
            added: sum(({ asks }) => asks),
            changed: 0,
            same: 0,
          },
        ]
      : []),
  ]
}

const notesOf = ({ school, pupils, staff }: SchoolPlan, names: ReadonlyMap<number, string>): string[] => [
  ...missingNote(school.name, pupils.missing.length, pupils.onRoll, 'pupil', 'pupils'),
  ...missingNote(school.name, staff.missing.length, staff.working, 'member of staff', 'members of staff'),
  ...onTwoRolls(
    pupils.twice.map(({ name, other }) => ({ name, other: names.get(other) ?? 'another school' })),
  ),
  ...staff.notes,
]

/** Of the school’s pupils and its staff, those lists of missing ones that differ from what it was asked last. */
async function newlyMissing(
  viewer: Viewer,
  school: number | undefined,
  pupils: PupilPlan,
  staff: StaffPlan,
): Promise<number> {
  if (school === undefined) return 0
  const asked = await leftAsked(viewer, school)
  const differs = (now: readonly number[], then: readonly number[]) =>
    now.length > 0 && now.toSorted((a, b) => a - b).join() !== then.join()
  return Number(differs(pupils.missing, asked.pupils)) + Number(differs(staff.missing, asked.staff))
}

/** Nobody leaves by being left out of a file: the school is asked, and a file that lacks many is asked about as cut short. */
function missingNote(school: string, missing: number, of: number, one: string, more: string): string[] {
  if (missing === 0) return []
  const is = missing === 1 ? 'is' : 'are'
  return [
    looksCutShort(missing, of)
      ? `${school}: ${count(missing, one, more)} of ${of} ${is} not in the package. That is so many that the file looks cut short. Nobody leaves by it: look at the file first, and answer the question it leaves.`
      : `${school}: ${count(missing, one, more)} of ${of} ${is} not in the package. They stay until the question “Have they left?” is answered.`,
  ]
}

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
    since: academicYearStart(academicYear),
  })
}

async function putSchool(here: Viewer, plan: SchoolPlan, school: number, academicYear: number, from: string) {
  const { fresh, missing, onRoll } = plan.pupils
  const added = await addPupils(
    here,
    fresh.filter(({ known }) => known === undefined).map((one) => ({ ...one, school })),
  )
  await arrivePupils(here, fresh, school)
  await revisePupils(here, plan.pupils.revisions)
  const strangers = fresh.filter(({ known }) => known === undefined)
  const ids = fresh.map((one) => one.known ?? added[strangers.indexOf(one)]!)
  const pupilId = (id: number) => (id < 0 ? ids[-id - 1]! : id)
  const staffIds = await plan.staff.put(here, school)
  await plan.classes.put(here, {
    school,
    pupilId,
    personId: (id) => (id < 0 ? staffIds[-id - 1]! : id),
    academicYear,
    from,
  })
  if (plan.asks)
    await askLeft(here, {
      school,
      day: here.today,
      pupils: missing,
      onRoll,
      staff: plan.staff.missing,
      working: plan.staff.working,
    })
}

/** Pupils of another school of the trust come on roll; those who stand on both rolls are asked about. */
async function arrivePupils(here: Viewer, fresh: readonly ArrivingPupil[], school: number) {
  const arriving = fresh.flatMap((one) => (one.known === undefined ? [] : [{ ...one, pupil: one.known }]))
  await placePupils(here, {
    enrolments: arriving.map(({ pupil, from }) => ({ pupil, school, from })),
    placements: arriving.flatMap(({ pupil, placements }) =>
      (placements ?? []).map((placement) => ({ ...placement, pupil, school })),
    ),
    characteristics: arriving.flatMap(({ pupil, characteristics }) =>
      (characteristics ?? []).map((fact) => ({ ...fact, pupil, school })),
    ),
  })
  await askTwoRolls(
    here,
    arriving.flatMap(({ pupil, other, from }) =>
      other === undefined ? [] : [{ pupil, school, other, day: from }],
    ),
  )
}
