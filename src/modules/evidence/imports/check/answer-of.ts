import type { Answers, Choice } from '../domain/words.ts'

/** What was answered to a problem: by its key, or for all of its kind; only what it offers. */
export const answerOf = (
  answers: Answers,
  key: string,
  kind: string,
  choices: readonly Choice[],
  suggestion?: string,
) => {
  const general = answers[`all:${kind}`]
  const offered = (value: string | undefined) =>
    choices.some((choice) => choice.value === value) ? value : undefined
  return offered(answers[key]) ?? offered(general === 'suggested' ? suggestion : general)
}
