import { addDays } from '../../kernel/days.ts'
import { yearGroupOrder } from '../../kernel/year-group.ts'
import type { DemoPupil, Stay } from './demo-pupil.ts'
import { newPupil, type Wanted } from './describe-pupil.ts'
import { dice } from './dice.ts'
import type { DemoSchool } from './intakes.ts'
import { namedPupils, plantedRollChange } from './planted.ts'

export interface Timeline {
  readonly seed: string
  readonly schools: readonly DemoSchool[]
  /** Academic years, in turn; the last is the one that is under way. */
  readonly years: readonly number[]
  /** Nothing has happened after this day. */
  readonly until: string
}

/** Years since Reception: Year 6 is 6, the nursery −1. */
const step = (yearGroup: string) => yearGroupOrder(yearGroup) - yearGroupOrder('R')
const yearGroupAt = (steps: number) => (steps < 0 ? 'N2' : steps === 0 ? 'R' : String(steps))

/** Everyone who was on roll at any school in these years: came, moved up, moved away, left. */
export function rollForward({ seed, schools, years, until }: Timeline): DemoPupil[] {
  const roll = dice(`${seed} movements`)
  const everyone: DemoPupil[] = []
  const serials = new Map<string, number>()
  const rolls = schools.map(() => new Map<string, DemoPupil[]>())
  const begins = `${years[0]}-09-01`
  const last = years.at(-1)!

  const meet = (school: number, cohort: number, wanted?: Wanted): DemoPupil => {
    const place = `${school} ${cohort}`
    const serial = (serials.get(place) ?? 0) + 1
    serials.set(place, serial)
    const pupil = newPupil({
      seed,
      key: everyone.length,
      school: schools[school]!,
      cohort,
      serial,
      begins,
      wanted,
    })
    everyone.push(pupil)
    return pupil
  }
  const smallestForm = (school: number, roster: readonly DemoPupil[]) => {
    const sizes = schools[school]!.intake.letters.map(
      (_, form) => roster.filter((one) => openStay(one)?.form === form).length,
    )
    return sizes.indexOf(Math.min(...sizes))
  }
  const admit = (
    pupil: DemoPupil,
    school: number,
    yearGroup: string,
    academicYear: number,
    from: string,
    form: number,
  ) => {
    pupil.stays.push({ school, from, to: null, form, years: [{ academicYear, yearGroup }] })
    roster(school, yearGroup).push(pupil)
  }
  const roster = (school: number, yearGroup: string) => {
    const known = rolls[school]!.get(yearGroup)
    if (known) return known
    const made: DemoPupil[] = []
    rolls[school]!.set(yearGroup, made)
    return made
  }
  const release = (school: number, yearGroup: string, pupil: DemoPupil, to: string) => {
    openStay(pupil)!.to = to
    const list = roster(school, yearGroup)
    list.splice(list.indexOf(pupil), 1)
  }
  const sizeOf = (school: number, yearGroup: string, academicYear: number) => {
    const { intake } = schools[school]!
    if (yearGroup.startsWith('N')) return intake.nursery ?? 0
    const oldestIn = academicYear + step(intake.years.at(-1)!) - step(yearGroup)
    if (oldestIn === last) return intake.oldest
    return (
      intake.size -
      (intake.size > 20
        ? (schools[school]!.slug.length + oldestIn * 3) % Math.max(2, Math.round(intake.size / 25))
        : 0)
    )
  }

  const first = years[0]!
  schools.forEach((school, at) => {
    for (const yearGroup of [...(school.intake.nursery ? ['N2'] : []), ...school.intake.years]) {
      const cohort = first - step(yearGroup)
      const entered = first - (step(yearGroup) - step(school.intake.years[0]!))
      const named = namedIn(school, yearGroupAt(step(yearGroup) + last - first))
      for (let count = 0; count < sizeOf(at, yearGroup, first); count++) {
        const story = named[count]
        const pupil = meet(at, cohort, story?.wanted)
        const from =
          roll.chance(0.86) || entered >= first
            ? `${Math.min(entered, first)}-09-04`
            : addDays(`${entered}-09-04`, roll.whole(20, 365 * (first - entered)))
        admit(pupil, at, yearGroup, first, from, story?.form ?? smallestForm(at, roster(at, yearGroup)))
      }
    }
  })

  for (const academicYear of years) {
    if (academicYear > first) moveUp(academicYear)
    moveDuring(academicYear)
  }
  return everyone

  function moveUp(academicYear: number) {
    const leavers: { pupil: DemoPupil; from: DemoSchool }[] = []
    schools.forEach((school, at) => {
      const groups = [...(school.intake.nursery ? ['N2'] : []), ...school.intake.years]
      const oldest = groups.at(-1)!
      for (const pupil of [...roster(at, oldest)]) {
        release(at, oldest, pupil, `${academicYear}-08-31`)
        leavers.push({ pupil, from: school })
      }
      for (const yearGroup of groups.toReversed().slice(1)) {
        const up = yearGroupAt(step(yearGroup) + 1)
        for (const pupil of [...roster(at, yearGroup)]) {
          const stay = openStay(pupil)!
          if (roll.chance(0.015)) {
            release(at, yearGroup, pupil, `${academicYear}-08-31`)
            const newcomer = meet(at, academicYear - step(up))
            admit(newcomer, at, up, academicYear, `${academicYear}-09-04`, stay.form)
            continue
          }
          stay.years.push({ academicYear, yearGroup: up })
          roster(at, yearGroup).splice(roster(at, yearGroup).indexOf(pupil), 1)
          roster(at, up).push(pupil)
        }
      }
    })
    const goingOn = roll.shuffled(
      leavers.filter(
        ({ pupil, from }) => isYear6Leaver(pupil) && roll.chance(from.intake.staysInTrust ?? 0.4),
      ),
    )
    schools.forEach((school, at) => {
      const entry = school.intake.nursery ? 'N2' : school.intake.years[0]!
      if (school.phase === 'special') {
        while (roster(at, entry).length < sizeOf(at, entry, academicYear)) enter(at, entry, academicYear)
        return
      }
      if (school.phase === 'secondary') {
        const secondaries = schools.filter((one) => one.phase === 'secondary').length
        for (const { pupil } of goingOn.splice(
          0,
          Math.ceil(
            goingOn.length /
              Math.max(
                1,
                secondaries - schools.slice(0, at).filter((one) => one.phase === 'secondary').length,
              ),
          ),
        ))
          admit(pupil, at, entry, academicYear, `${academicYear}-09-04`, smallestForm(at, roster(at, entry)))
      }
      while (roster(at, entry).length < sizeOf(at, entry, academicYear)) enter(at, entry, academicYear)
      if (school.intake.nursery)
        while (roster(at, 'R').length < sizeOf(at, 'R', academicYear)) enter(at, 'R', academicYear)
    })
  }

  function enter(at: number, yearGroup: string, academicYear: number) {
    const pupil = meet(at, academicYear - step(yearGroup))
    admit(
      pupil,
      at,
      yearGroup,
      academicYear,
      `${academicYear}-09-04`,
      smallestForm(at, roster(at, yearGroup)),
    )
  }

  /** Those who leave in the year are followed by others; a few change places with a school of the trust. */
  function moveDuring(academicYear: number) {
    const schoolDay = () => {
      const day = addDays(`${academicYear}-10-06`, roll.whole(0, academicYear === last ? 140 : 250))
      return day > until ? until : day
    }
    schools.forEach((school, at) => {
      for (const yearGroup of school.intake.years) {
        const list = roster(at, yearGroup)
        for (const pupil of [...list]) {
          if (!roll.chance(0.022) || openStay(pupil)!.from >= `${academicYear}-09-30` || pupil.key < 1)
            continue
          if (isNamed(school, pupil)) continue
          const form = openStay(pupil)!.form
          const gone = schoolDay()
          const came = schoolDay()
          release(at, yearGroup, pupil, gone)
          admit(meet(at, academicYear - step(yearGroup)), at, yearGroup, academicYear, came, form)
        }
      }
      if (school.slug === plantedRollChange.school && academicYear === plantedRollChange.academicYear) {
        for (let count = 0; count < plantedRollChange.joined; count++) {
          const yearGroup = plantedRollChange.years[count % plantedRollChange.years.length]!
          admit(
            meet(at, academicYear - step(yearGroup)),
            at,
            yearGroup,
            academicYear,
            plantedRollChange.from,
            smallestForm(at, list(at, yearGroup)),
          )
        }
      }
    })
    for (const phase of ['primary', 'secondary'] as const) {
      const alike = schools.flatMap((school, at) => (school.phase === phase ? [at] : []))
      for (let swap = 0; swap < alike.length * 2 && alike.length > 1; swap++) {
        const [one, other] = roll.shuffled(alike) as [number, number]
        const yearGroup = roll.pick(
          schools[one]!.intake.years.filter((year) => schools[other]!.intake.years.includes(year)),
        )
        const day = schoolDay()
        const goers = [one, other].map((at) =>
          roll.pick(
            roster(at, yearGroup).filter(
              (pupil) => openStay(pupil)!.from < `${academicYear}-09-30` && !isNamed(schools[at]!, pupil),
            ),
          ),
        )
        if (goers.some((pupil) => !pupil)) continue
        goers.forEach((pupil, which) => {
          const from = which === 0 ? one : other
          const to = which === 0 ? other : one
          const replaced = openStay(goers[1 - which]!)
          const form = which === 0 ? (replaced?.form ?? 0) : 0
          release(from, yearGroup, pupil!, addDays(day, -1))
          admit(
            pupil!,
            to,
            yearGroup,
            academicYear,
            day,
            Math.min(form, schools[to]!.intake.letters.length - 1),
          )
        })
      }
    }
  }

  function list(at: number, yearGroup: string) {
    return roster(at, yearGroup)
  }
}

const openStay = (pupil: DemoPupil): Stay | undefined => {
  const stay = pupil.stays.at(-1)
  return stay && stay.to === null ? stay : undefined
}

const isYear6Leaver = (pupil: DemoPupil) => pupil.stays.at(-1)?.years.at(-1)?.yearGroup === '6'

const isNamed = (school: DemoSchool, pupil: DemoPupil) =>
  Object.values(namedPupils[school.slug] ?? {}).some((form) =>
    form.some((wanted) => wanted.forename === pupil.forename && wanted.surname === pupil.surname),
  )

/** The story's pupils of the form's year group, with their form's place. */
function namedIn(school: DemoSchool, yearGroupInTheEnd: string): { wanted: Wanted; form: number }[] {
  return Object.entries(namedPupils[school.slug] ?? {}).flatMap(([form, wanted]) =>
    form.slice(0, -1) === yearGroupInTheEnd
      ? wanted.map((one) => ({ wanted: one, form: school.intake.letters.indexOf(form.at(-1)!) }))
      : [],
  )
}
