import { addDays, type Day } from '../../../kernel/days.ts'
import { FormRefused, Refusal } from '../../../kernel/refusal.ts'
import { boxesOf, dayIn, first, type Typed } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schools } from '../../organisation/index.ts'
import { dropTitle, terms } from '../drops/domain/drop.ts'
import type { NewDrop } from '../drops/domain/open-drop-shape.ts'
import { yearList, yearListName } from '../drops/domain/year-list.ts'
import { askedIn } from '../drops/queries/assessments.ts'
import { drops } from '../drops/queries/drops.ts'
import { readiness } from '../drops/queries/readiness.ts'

/** `27/3/2026` or `2026-03-27` as a day; anything else as it is. */
function dayWritten(text: string): Day {
  const found = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text.trim())
  return found ? `${found[3]}-${found[2]!.padStart(2, '0')}-${found[1]!.padStart(2, '0')}` : text.trim()
}

const dayTyped = (name: string, day: Day): Typed =>
  Object.fromEntries(Object.entries(boxesOf(day)).map(([box, text]) => [`${name}-${box}`, [text]]))

/** The next drop as the last one of its kind was: the same assessments and schools, other days. */
export async function fromLast(viewer: Viewer): Promise<{ typed: Typed; like?: string }> {
  const everybody = (await schools(viewer))
    .filter(({ left }) => left === null || left >= viewer.today)
    .map((school) => String(school.id))
  const days = {
    ...dayTyped('opens', viewer.today),
    ...dayTyped('due', addDays(viewer.today, 14)),
    ...dayTyped('asAt', viewer.today),
  }
  const last = (await drops(viewer)).find((drop) => drop.kind === 'termly')
  if (!last) return { typed: { ...days, school: everybody, term: ['1'] } }
  const asked = Map.groupBy(await askedIn(viewer, last), (one) => one.assessment.code)
  const years = [...asked].map(([code, ones]) => [
    `years-${code}`,
    [yearListName(ones.map((one) => one.yearGroup))],
  ])
  const people = (await readiness(viewer, last)).flatMap((one) =>
    one.person ? [[`person-${one.school.id}`, [String(one.person.id)]]] : [],
  )
  return {
    like: dropTitle(last),
    typed: {
      ...days,
      ...Object.fromEntries([...years, ...people]),
      term: [String((last.term % 3) + 1)],
      minutes: [String(last.minutes)],
      school: (await readiness(viewer, last)).map((one) => String(one.school.id)),
    },
  }
}

/** What was typed as the command wants it. @throws FormRefused for year groups that are none. */
export function newDropFrom(typed: Typed): NewDrop {
  const asked = Object.keys(typed)
    .filter((name) => name.startsWith('years-') && first(typed, name))
    .map((name) => {
      try {
        return { assessment: name.slice('years-'.length), yearGroups: yearList(first(typed, name)) }
      } catch (error) {
        if (error instanceof Refusal) throw new FormRefused([{ field: name, message: error.message }])
        throw error
      }
    })
  const term = terms.find((one) => String(one.term) === first(typed, 'term'))
  return {
    name: first(typed, 'name') || term?.name || '',
    term: Number(first(typed, 'term')),
    kind: term?.term === 4 ? 'statutory' : 'termly',
    purpose: first(typed, 'purpose'),
    decides: first(typed, 'decides'),
    minutes: first(typed, 'minutes') === '' ? Number.NaN : Number(first(typed, 'minutes')),
    opens: dayIn(typed, 'opens'),
    due: dayIn(typed, 'due'),
    asAt: dayIn(typed, 'asAt'),
    asked,
    schools: (typed.school ?? []).map(Number).map((school) => {
      const person = first(typed, `person-${school}`)
      const due = dayWritten(first(typed, `due-${school}`))
      return {
        school,
        ...(person === '' ? {} : { person: person === 'nobody' ? null : Number(person) }),
        ...(due ? { due } : {}),
      }
    }),
  }
}
