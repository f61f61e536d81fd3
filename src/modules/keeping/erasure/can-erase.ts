import { nameRemover } from '../../../kernel/names-in-text.ts'
import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'

export interface AskedErasure {
  readonly forename: string
  readonly surname: string
  readonly upns: readonly string[]
  readonly reason: string
  /** What was typed to say that it is meant: the pupil’s name. */
  readonly typed: string
}

const folded = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’']/g, '')
    .replace(/[\s-]+/g, ' ')
    .trim()
    .toLowerCase()

/** What a person types to show that they mean this pupil. */
export const nameToType = ({
  forename,
  surname,
  upns,
}: Pick<AskedErasure, 'forename' | 'surname' | 'upns'>) =>
  `${forename} ${surname}`.trim() || upns[0] || 'this pupil'

/** May the record be erased, as it is asked? */
export function canErase(asked: AskedErasure): Verdict {
  const reason = asked.reason.trim()
  if (reason.length < 10) return refused('Say in a sentence why the record is erased: the reason is kept.')
  const numbers = asked.upns
  if (nameRemover([{ forename: asked.forename, surname: asked.surname, numbers }]).names(reason))
    return refused('Leave the pupil’s name and number out of the reason: it is kept when they are gone.')
  if (folded(asked.typed) !== folded(nameToType(asked)))
    return refused(`Type the pupil’s whole name, ${nameToType(asked)}, to say that you mean this record.`)
  return allowed
}
