import { academicYearEnd, academicYearStart } from '../../kernel/academic-year.ts'
import { yearGroupOrder } from '../../kernel/year-group.ts'
import type { DemoPupil, Stay } from './demo-pupil.ts'
import { dice, luck } from './dice.ts'
import type { DemoSchool } from './intakes.ts'

/** A form or a teaching group of one academic year, and who was in it from when to when. */
export interface DemoClass {
  readonly school: number
  readonly academicYear: number
  readonly name: string
  readonly yearGroup: string
  /** Of a teaching group. */
  readonly subject?: string
  readonly members: { readonly pupil: DemoPupil; readonly from: string; readonly to: string | null }[]
}

export const departments: Readonly<Record<string, readonly string[]>> = {
  English: ['english-language', 'english-literature'],
  Mathematics: ['mathematics'],
  Science: ['combined-science', 'biology', 'chemistry', 'physics', 'computer-science'],
  Humanities: ['history', 'geography', 'religious-studies', 'business'],
  Languages: ['french', 'spanish'],
  'Arts, food and sport': ['art-and-design', 'drama', 'food', 'physical-education'],
}

const short: Readonly<Record<string, string>> = {
  'english-language': 'En',
  mathematics: 'Ma',
  'combined-science': 'Sc',
  biology: 'Bi',
  chemistry: 'Ch',
  physics: 'Ph',
  'computer-science': 'Cs',
  history: 'Hi',
  geography: 'Gg',
  french: 'Fr',
  spanish: 'Sp',
  'religious-studies': 'Rs',
  'art-and-design': 'Ar',
  business: 'Bs',
  drama: 'Dr',
  food: 'Fd',
  'physical-education': 'Pe',
}

/** English language and literature are taught together. */
export const taughtWith = (subject: string): string =>
  subject === 'english-literature' ? 'english-language' : subject

const specialForms = ['Ash', 'Birch', 'Cedar', 'Elm', 'Oak', 'Rowan'] as const

export const formName = (school: DemoSchool, yearGroup: string, form: number): string =>
  school.phase === 'special'
    ? specialForms[
        Math.min(specialForms.length - 1, Math.floor((yearGroupOrder(yearGroup) - yearGroupOrder('1')) / 2))
      ]!
    : yearGroup.startsWith('N')
      ? 'Nursery'
      : `${yearGroup}${school.intake.letters[form] ?? ''}`

/** What a pupil takes in Years 10 and 11: the core, a humanity for three in four, a language for two in five, and choices. */
export function gcsesOf(pupil: DemoPupil): readonly string[] {
  if (pupil.gcses) return pupil.gcses
  const roll = dice(`options ${pupil.key} ${pupil.upn}`)
  const strong = (pupil.ks2?.maths ?? 100) + (pupil.ks2?.reading ?? 100) > 216
  const weak = (pupil.ks2?.maths ?? 100) + (pupil.ks2?.reading ?? 100) < 184
  const sciences = strong && roll.chance(0.6) ? ['biology', 'chemistry', 'physics'] : ['combined-science']
  const chosen = ['english-language', 'english-literature', 'mathematics', ...sciences]
  if (roll.chance(weak ? 0.55 : 0.82)) chosen.push(roll.chance(0.53) ? 'history' : 'geography')
  if (roll.chance(weak ? 0.12 : strong ? 0.65 : 0.42)) chosen.push(roll.chance(0.6) ? 'spanish' : 'french')
  const others = roll.shuffled([
    'religious-studies',
    'art-and-design',
    'business',
    'drama',
    'food',
    'physical-education',
    'computer-science',
  ])
  const slots = (weak ? 7 : roll.chance(0.35) ? 9 : 8) + (sciences.length === 3 ? 1 : 0)
  const rest = others.slice(0, Math.max(1, slots - chosen.length - (sciences.length === 1 ? 1 : 0)))
  pupil.gcses = [...chosen, ...rest]
  return pupil.gcses
}

const membership = (stay: Stay, academicYear: number, current: number) => {
  const start = academicYearStart(academicYear)
  const end = academicYearEnd(academicYear)
  return {
    from: stay.from.localeCompare(start) > 0 ? stay.from : start,
    to: stay.to !== null && stay.to < end ? stay.to : academicYear === current ? null : end,
  }
}

const largestGroup = 28

/** Every form and, for Years 10 and 11, every teaching group of these academic years. */
export function classesOver(
  schools: readonly DemoSchool[],
  pupils: readonly DemoPupil[],
  current: number,
): DemoClass[] {
  const classes = new Map<string, DemoClass>()
  const takers = new Map<string, { pupil: DemoPupil; stay: Stay }[]>()
  for (const pupil of pupils) {
    for (const stay of pupil.stays) {
      const school = schools[stay.school]!
      for (const { academicYear, yearGroup } of stay.years) {
        const name = formName(school, yearGroup, stay.form)
        const key = `${stay.school} ${academicYear} ${name}`
        const form = classes.get(key) ?? { school: stay.school, academicYear, name, yearGroup, members: [] }
        form.members.push({ pupil, ...membership(stay, academicYear, current) })
        classes.set(key, form)
        if (school.phase !== 'secondary' || !['10', '11'].includes(yearGroup)) continue
        for (const subject of gcsesOf(pupil)) {
          if (taughtWith(subject) !== subject) continue
          const group = `${stay.school} ${academicYear} ${yearGroup} ${subject}`
          const known = takers.get(group)
          if (known) known.push({ pupil, stay })
          else takers.set(group, [{ pupil, stay }])
        }
      }
    }
  }
  for (const [key, members] of takers) {
    const [school, academicYear, yearGroup, subject] = key.split(' ') as [string, string, string, string]
    const setted = subject === 'mathematics'
    const order = members.toSorted((a, b) =>
      setted
        ? (b.pupil.ks2?.maths ?? 100) - (a.pupil.ks2?.maths ?? 100) || a.pupil.key - b.pupil.key
        : luck(a.pupil.key, 5) - luck(b.pupil.key, 5),
    )
    const many = Math.ceil(order.length / largestGroup)
    order.forEach(({ pupil, stay }, at) => {
      const number = setted ? Math.floor((at * many) / order.length) + 1 : (at % many) + 1
      const name = `${yearGroup}/${short[subject]}${number}`
      const group = `${school} ${academicYear} ${name}`
      const made = classes.get(group) ?? {
        school: Number(school),
        academicYear: Number(academicYear),
        name,
        yearGroup,
        subject,
        members: [],
      }
      made.members.push({ pupil, ...membership(stay, Number(academicYear), current) })
      classes.set(group, made)
    })
  }
  return [...classes.values()]
}
