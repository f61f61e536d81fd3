/**
 * How pupil groups make up everyone: the groups of a family share no pupil, and whoever is in none of them is the family's
 * rest. A group alone in its family has everyone else as its rest.
 */
export const families: readonly (readonly string[])[] = [
  ['girls', 'boys'],
  ['disadvantaged', 'not-disadvantaged'],
  ['fsm'],
  ['pupil-premium'],
  ['sen-support', 'ehcp', 'no-sen'],
  ['eal', 'english-first'],
  ['looked-after'],
  ['white', 'mixed', 'asian', 'black', 'other-ethnic'],
  ['prior-low', 'prior-middle', 'prior-high'],
  ['joined-this-year'],
]
