import { type Day, dayName } from '../../../../kernel/days.ts'
import { type Drop, dropTitle, dueName } from './drop.ts'

export interface DropLetter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

interface To {
  readonly name: string
  readonly email: string
  readonly school: string
  readonly due: Day
  readonly link: string
  readonly from: string
  readonly trust: string
}

type About = Pick<Drop, 'name' | 'academicYear' | 'purpose' | 'decides' | 'minutes'>

const signed = (to: To) => `${to.from}\n${to.trust}`

/** The letter that asks a school for its file when a drop opens. One link, nothing about pupils. */
export const openingLetter = (drop: About, to: To): DropLetter => ({
  to: to.email,
  subject: `${dropTitle(drop)}: ${to.school}’s results, by ${dayName(to.due)}`,
  text: `Dear ${to.name}

The ${dropTitle(drop)} drop is open. We ask ${to.school} for its results by ${dayName(to.due)}.

What it is for: ${drop.purpose}
What will be decided from it: ${drop.decides}
What it should cost: ${drop.minutes} minutes of each teacher’s time.

Send the file, and see how it was read, here:
${to.link}

${signed(to)}
`,
})

/** The letter that reminds. It says what is missing and when it was due; it does not blame. */
export const reminderLetter = (drop: About, to: To, missing: string, today: Day): DropLetter => ({
  to: to.email,
  subject: `${dropTitle(drop)}: ${to.school}, ${dueName(to.due, today)}`,
  text: `Dear ${to.name}

${missing} It ${to.due < today ? 'was' : 'is'} due on ${dayName(to.due)}.

What will be decided from it: ${drop.decides}

Everything you need is on one page:
${to.link}

${signed(to)}
`,
})
