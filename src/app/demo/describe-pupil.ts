import { addDays } from '../../kernel/days.ts'
import { upnCheckLetter } from '../../kernel/upn.ts'
import type { DemoPupil, Fact } from './demo-pupil.ts'
import { dice } from './dice.ts'
import type { DemoSchool, Place } from './intakes.ts'
import { nameFor } from './names.ts'
import { absence, scaledScore, scoreGaps } from './national.ts'

const ethnicities: Readonly<Record<Place, Readonly<Record<string, number>>>> = {
  coast: {
    WBRI: 82,
    WOTH: 6,
    WIRI: 0.5,
    WROM: 0.6,
    MWBC: 1.5,
    MWAS: 1.5,
    MOTH: 1.6,
    AIND: 1,
    APKN: 1,
    AOTH: 0.8,
    BAFR: 1.4,
    CHNE: 0.5,
    OOTH: 0.8,
    REFU: 0.8,
  },
  harbour: {
    WBRI: 58,
    WOTH: 11,
    WIRI: 0.6,
    WROM: 1,
    MWBC: 3,
    MWBA: 1.5,
    MWAS: 2,
    MOTH: 2.5,
    AIND: 2.5,
    APKN: 4,
    ABAN: 2,
    AOTH: 2,
    BCRB: 2,
    BAFR: 5,
    BOTH: 0.8,
    CHNE: 0.8,
    OOTH: 2,
    NOBT: 0.6,
  },
  city: {
    WBRI: 38,
    WOTH: 12,
    WIRI: 0.6,
    WROM: 1.2,
    MWBC: 3.5,
    MWBA: 2,
    MWAS: 2.5,
    MOTH: 3,
    AIND: 5,
    APKN: 10,
    ABAN: 5,
    AOTH: 3,
    ABRI: 0.6,
    BCRB: 3,
    BAFR: 7,
    BBRI: 0.4,
    BOTH: 1,
    CHNE: 1,
    OOTH: 3.5,
    NOBT: 0.7,
  },
}

/** Share who have another first language, and which. */
const languages: Readonly<Record<string, readonly [number, Readonly<Record<string, number>>]>> = {
  WOTH: [0.85, { POL: 40, RUM: 25, UKR: 10, LIT: 8, POR: 12, BUL: 5 }],
  WROM: [0.7, { RUM: 60, SLO: 40 }],
  MOTH: [0.25, { POR: 50, SPA: 50 }],
  MWAS: [0.15, { URD: 1 }],
  MWBA: [0.15, { YOR: 1 }],
  AIND: [0.6, { PNJ: 40, GUJ: 30, MAL: 20, HIN: 10 }],
  APKN: [0.75, { URD: 60, PNJ: 40 }],
  ABAN: [0.8, { BNG: 1 }],
  AOTH: [0.8, { TAM: 30, NEP: 20, TUR: 20, PRS: 30 }],
  ABRI: [0.4, { URD: 1 }],
  BAFR: [0.55, { SOM: 40, YOR: 20, TWI: 20, LIN: 10, TGR: 10 }],
  CHNE: [0.7, { CHI: 1 }],
  OOTH: [0.8, { ARA: 50, KUR: 20, PRS: 15, TUR: 15 }],
  NOBT: [1, { NOT: 1 }],
  REFU: [0.3, { REF: 1 }],
}

const needs = { SLCN: 30, SEMH: 22, SPLD: 16, MLD: 14, ASD: 12, OTH: 3, PD: 2, HI: 1.5 }
const plannedNeeds = { ASD: 38, SLCN: 20, SEMH: 15, SLD: 8, MLD: 7, PD: 5, PMLD: 3, DS: 2, VI: 1, HI: 1 }

/** What must be so of a pupil who stands in the demo's story. */
export interface Wanted {
  readonly forename?: string
  readonly surname?: string
  readonly sex?: 'F' | 'M'
  readonly born?: string
  readonly ethnicity?: string
  readonly language?: string
  readonly disadvantaged?: boolean
}

export interface NewcomerAsked {
  readonly seed: string
  readonly key: number
  readonly school: DemoSchool
  /** In which academic year they would have been in Reception. */
  readonly cohort: number
  readonly serial: number
  /** First day of the year in which the demo begins. */
  readonly begins: string
  readonly wanted?: Wanted
}

const birthday = (roll: ReturnType<typeof dice>, cohort: number) =>
  addDays(`${cohort - 5}-09-01`, roll.whole(0, 364))

const upnOf = (establishment: string, cohort: number, serial: number): string => {
  const twelve = `${establishment}${String(cohort % 100).padStart(2, '0')}${String(serial % 1000).padStart(3, '0')}`
  return upnCheckLetter(twelve) + twelve
}

/** A pupil as they come to a school: who they are, what is recorded of them from when, and what is in them. */
export function newPupil({
  seed,
  key,
  school,
  cohort,
  serial,
  begins,
  wanted = {},
}: NewcomerAsked): DemoPupil {
  const roll = dice(`${seed} pupil ${key}`)
  const { intake, phase } = school
  const sex = wanted.sex ?? (roll.chance(phase === 'special' ? 0.28 : 0.49) ? 'F' : 'M')
  const ethnicity = wanted.ethnicity ?? roll.weighted(ethnicities[intake.place])
  const [share, which] = languages[ethnicity] ?? [0.01, { OTB: 1 }]
  const language =
    wanted.language ?? (roll.chance(share) ? roll.weighted(which as Record<string, number>) : 'ENG')
  const eal = !['ENG', 'ENB', 'NOT', 'REF'].includes(language)
  const disadvantaged = wanted.disadvantaged ?? roll.chance(intake.disadvantaged)
  const born = wanted.born ?? birthday(roll, cohort)
  const name = nameFor(roll, sex, ethnicity, language)
  const since = (low: number, high: number) => addDays(`${cohort}-09-04`, roll.whole(low, high))
  const facts: Fact[] = [
    { kind: 'sex', value: sex, from: born, to: null },
    { kind: 'ethnicity', value: ethnicity, from: `${cohort}-09-04`, to: null },
    { kind: 'first-language', value: language, from: `${cohort}-09-04`, to: null },
  ]
  let general = roll.normal()
  const own = (weight: number) => general * 0.8 + roll.normal() * 0.6 * weight

  if (disadvantaged) describeMeals(roll, facts, cohort, begins)
  const sen = describeNeed(roll, facts, { since, special: phase === 'special', intake, begins })
  if (roll.chance(0.008)) {
    const from = since(0, 1800)
    facts.push({
      kind: 'looked-after',
      value: 'Y',
      from,
      to: roll.chance(0.3) ? addDays(from, roll.whole(200, 900)) : null,
    })
    facts.push({ kind: 'pupil-premium', value: 'LAP', from, to: null })
  } else if (roll.chance(0.004)) {
    facts.push({ kind: 'adopted-from-care', value: 'A', from: since(0, 300), to: null })
    facts.push({ kind: 'pupil-premium', value: 'AFC', from: since(0, 300), to: null })
  } else if (roll.chance(0.012))
    facts.push({ kind: 'pupil-premium', value: 'SCP', from: since(0, 300), to: null })

  general +=
    (disadvantaged ? scoreGaps.disadvantaged : 0) +
    (sen === 'K' ? scoreGaps.senSupport : sen === 'E' ? scoreGaps.ehcp : 0)
  const reading = own(1) + (eal ? scoreGaps.ealReading : 0) + (sex === 'F' ? scoreGaps.girlsReading : 0)
  const maths = own(1) + (eal ? scoreGaps.ealMaths : 0) + (sex === 'F' ? scoreGaps.girlsMaths : 0)
  const writing = own(1) + (sex === 'F' ? scoreGaps.girlsWriting : 0)
  const level = absence[phase === 'all-through' ? 'secondary' : phase]
  const secondary = phase === 'secondary'
  const ks2 = (own: number) =>
    Math.min(
      120,
      Math.max(
        80,
        Math.round(scaledScore.mean + 1 + scaledScore.deviation * 0.9 * (own + (intake.intake ?? 0))),
      ),
    )
  return {
    key,
    upn: upnOf(school.laestab!, cohort, serial),
    sex,
    ...name,
    ...(wanted.forename ? { forename: wanted.forename, surname: wanted.surname! } : {}),
    born,
    ethnicity,
    language,
    facts,
    stays: [],
    disadvantaged,
    eal,
    reading,
    writing,
    maths,
    steady: roll.normal(),
    missed:
      (level.middle / 100) *
      Math.exp(level.spread * (roll.normal() * 0.94 - 0.12 * general)) *
      (disadvantaged ? 1.35 : 0.88) *
      (sen === 'N' ? 0.96 : 1.2),
    ...(secondary ? { ks2: { reading: ks2(reading), maths: ks2(maths) } } : {}),
  }
}

/** Free meals from a day, for some until a day; pupil premium from the April after, for six years more. */
function describeMeals(roll: ReturnType<typeof dice>, facts: Fact[], cohort: number, begins: string) {
  const from = addDays(`${cohort}-09-04`, roll.chance(0.75) ? 0 : roll.whole(100, 1500))
  const ended = roll.chance(0.14) ? addDays(from, roll.whole(400, 1500)) : null
  const to = ended && ended > begins ? ended : null
  facts.push({ kind: 'fsm', value: 'FSM', from, to })
  facts.push({ kind: 'pupil-premium', value: 'DPP', from: `${Number(from.slice(0, 4)) + 1}-04-01`, to: null })
}

function describeNeed(
  roll: ReturnType<typeof dice>,
  facts: Fact[],
  about: {
    since: (low: number, high: number) => string
    special: boolean
    intake: DemoSchool['intake']
    begins: string
  },
): 'N' | 'K' | 'E' {
  const chance = roll.next()
  const { intake } = about
  if (about.special || chance < intake.ehcp) {
    const planned = about.since(0, about.special ? 60 : 1200)
    if (!about.special)
      facts.push({
        kind: 'sen-provision',
        value: 'K',
        from: addDays(planned, -260),
        to: addDays(planned, -1),
      })
    facts.push({ kind: 'sen-provision', value: 'E', from: planned, to: null })
    facts.push({ kind: 'sen-need', value: roll.weighted(plannedNeeds), from: planned, to: null })
    return 'E'
  }
  if (chance < intake.ehcp + intake.senSupport) {
    const from = roll.chance(0.3) ? addDays(about.begins, roll.whole(30, 880)) : about.since(120, 900)
    const ended = roll.chance(0.1) ? addDays(from, roll.whole(300, 700)) : null
    facts.push({ kind: 'sen-provision', value: 'K', from, to: ended })
    facts.push({ kind: 'sen-need', value: roll.weighted(needs), from, to: ended })
    return 'K'
  }
  return 'N'
}
