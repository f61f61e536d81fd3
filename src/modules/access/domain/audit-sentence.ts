import { dayName } from '../../../kernel/days.ts'
import { whole } from '../../../kernel/numbers.ts'
import { type Role, roleNames } from '../../../kernel/roles.ts'

/** A line of the trail with the names that the reader may know. */
export interface ReadLine {
  readonly name: string
  readonly deed: string
  readonly subject: string
  readonly id: string
  /** Name of what it was about, when the reader may know it. */
  readonly about: string | null
  readonly ownDeed: boolean
  readonly schoolName: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

const word = (detail: ReadLine['detail'], name: string): string | undefined =>
  typeof detail[name] === 'string' ? (detail[name] as string) : undefined

/** `2026-03-20 10:00` as people write it. */
const untilWords = (until = ''): string => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/.exec(until) ?? []
  return day ? `${time} on ${dayName(day)}` : until || 'its end'
}

/** What was done, as a sentence: `Priya Raman saw pupil Ayesha Rahman, Saltmarsh.` */
export function auditSentence(line: ReadLine): string {
  const whom = line.about ?? `${thing(line.subject)} ${line.id}`
  const role = roleNames[line.detail.role as Role] ?? word(line.detail, 'role')
  const what = word(line.detail, 'what')
  const at = line.schoolName ? `, ${line.schoolName}` : ''
  switch (line.deed) {
    case 'gave role': {
      const to = word(line.detail, 'to')
      return `${line.name} gave ${whom} the role ${role}${at}, from ${dayName(String(line.detail.from))}${to ? ` to ${dayName(to)}` : ''}.`
    }
    case 'ended role':
      return `${line.name} ended the role ${role} of ${whom}${at}, with ${dayName(String(line.detail.last))} as its last day.`
    case 'recorded leaving':
      return `${line.name} recorded that ${whom} left, with ${dayName(String(line.detail.last))} as the last day.`
    case 'took leaving back':
      return `${line.name} took back that ${whom} had left.`
    case 'invited':
      return `${line.name} invited ${whom}.`
    case 'broke glass': {
      const seen = line.subject === 'organisation.pupil' ? (line.about ?? 'one pupil') : 'every pupil'
      return `${line.name} broke the glass to see ${seen}${at}, until ${untilWords(word(line.detail, 'until'))}: “${word(line.detail, 'reason') ?? ''}”`
    }
    case 'ended glass':
      return `${line.name} ended a broken glass before its time${at}.`
    case 'took whole record':
      return `${line.name} took away the whole record of ${line.about ?? 'a pupil'}${at}.`
    case 'erased pupil':
      return `${line.name} erased the record of ${Array.isArray(line.detail.pupils) && line.detail.pupils.length > 1 ? `${whole(line.detail.pupils.length)} pupils` : 'one pupil'}: “${word(line.detail, 'why') ?? ''}”`
    case 'let records go':
      return `${line.name} let go of records that were kept long enough: ${what ?? 'nothing'}.`
    case 'joined records':
      return `${line.name} joined two records of ${line.about ?? 'one pupil'}${at}: “${word(line.detail, 'why') ?? ''}”`
    case 'set how long':
      return `${line.name} decided how long is kept, ${what ?? ''}: “${word(line.detail, 'why') ?? ''}”`
    case 'corrected record':
      return `${line.name} put right the ${what ?? 'record'} of ${line.about ?? 'a pupil'}${at}: “${word(line.detail, 'why') ?? ''}”`
    case 'corrected result':
      return `${line.name} corrected a result of ${line.about ?? 'a pupil'} in ${what ?? 'an assessment'}${at}, from ${word(line.detail, 'before') ?? ''} to ${word(line.detail, 'now') ?? ''}: “${word(line.detail, 'why') ?? ''}”`
    case 'answered two rolls':
      return `${line.name} answered where ${line.about ?? 'a pupil'} is, who stood on two rolls${at}.`
    case 'recorded that a school leaves':
      return `${line.name} recorded that ${what ?? 'a school'} leaves the trust, with ${dayName(String(line.detail.last))} as the last day.`
    case 'took a school’s own data':
      return `${line.name} took away all that is held of ${what ?? 'a school'}.`
    case 'moved pupil':
      return `${line.name} moved ${line.about ?? 'a pupil'} to ${what ?? 'another school'}.`
    case 'merged schools':
      return `${line.name} merged ${what ?? 'two schools'}.`
    case 'recorded leavers':
      return `${line.name} recorded who left${at}.`
    case 'saw pupil':
      return `${line.name} saw pupil ${line.about ?? line.id}${at}.`
    case 'saw pupils':
      return `${line.name} saw ${many(line.detail)} by name${at}.`
    case 'exported pupils':
      return `${line.name} took away a list of ${many(line.detail)} by name${at}.`
    case 'searched pupils':
      return `${line.name} searched for “${word(line.detail, 'words') ?? ''}” and found ${many(line.detail)}${at}.`
    case 'saw delivery':
    case 'saw import':
      return `${line.name} opened the import of ${word(line.detail, 'file') ?? 'a file'}${at}.`
    case 'made upload key':
      return `${line.name} made the key “${word(line.detail, 'name') ?? ''}” that sends files${at}.`
    case 'revoked upload key':
      return `${line.name} revoked the key “${word(line.detail, 'name') ?? ''}”${at}.`
    case 'sent file by key':
      return `${line.name} sent the file ${word(line.detail, 'file') ?? ''}${at}.`
    case 'took file from folder':
      return `${line.name} took the file ${word(line.detail, 'file') ?? ''} from the watched folder${at}.`
    case 'took file':
      return `${line.name} took away the file ${word(line.detail, 'file') ?? ''} as it was sent${at}.`
  }
  if (line.ownDeed) return `${line.name} ${line.deed}.`
  return `${line.name} ${line.deed}${what ? ` ${what}` : line.about ? ` ${line.about}` : ''}${at}.`
}

/** `28 pupils`, by the count or the list that the line holds. */
const many = (detail: ReadLine['detail']): string => {
  const list = detail.ids ?? detail.found
  const count =
    typeof detail.pupils === 'number' ? detail.pupils : Array.isArray(list) ? list.length : undefined
  return count === undefined ? 'pupils' : count === 1 ? '1 pupil' : `${whole(count)} pupils`
}

const things: Record<string, string> = {
  'organisation.pupil': 'pupil',
  'organisation.person': 'person',
  'organisation.school': 'school',
  'evidence.drop': 'drop',
  'evidence.import': 'import',
}
const thing = (subject: string): string => things[subject] ?? subject.split('.').at(-1)!
