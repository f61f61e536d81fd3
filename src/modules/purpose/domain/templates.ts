import type { PolicyModel } from '../tables.ts'

/** A place to start from: every word of it is there to be changed. */
export interface Template {
  readonly id: string
  readonly name: string
  readonly suits: string
  readonly mission: string
  readonly vision: string
  readonly values: readonly { readonly title: string; readonly words: string; readonly practice: string }[]
  readonly aims: readonly {
    readonly title: string
    readonly why: string
    readonly areas: readonly string[]
  }[]
  readonly policies: readonly {
    readonly title: string
    readonly model: PolicyModel
    readonly decides: string
  }[]
}

const policies = (
  curriculum: PolicyModel,
  behaviour: PolicyModel,
): { title: string; model: PolicyModel; decides: string }[] => [
  {
    title: 'Curriculum',
    model: curriculum,
    decides: curriculum === 'own' ? 'Headteacher' : 'Director of education',
  },
  { title: 'Assessment', model: 'aligned', decides: 'Director of education' },
  { title: 'Behaviour', model: behaviour, decides: 'Headteacher' },
  { title: 'Professional development', model: 'aligned', decides: 'Director of education' },
  { title: 'Finance and procurement', model: 'standardised', decides: 'Chief finance officer' },
]

export const templates: readonly Template[] = [
  {
    id: 'learning-community',
    name: 'A shared learning community',
    suits: 'Trusts in which adults learn from each other’s classrooms, and improvement is everybody’s work.',
    mission: 'We learn from one another so that every child is taught by people who are still learning.',
    vision: 'Every classroom in the trust is open, and what works in one is soon known in all.',
    values: [
      {
        title: 'Curiosity',
        words: 'We ask before we answer.',
        practice: 'Leaders visit lessons to learn, and say what they learned.',
      },
      {
        title: 'Openness',
        words: 'We share what went wrong as well as what went well.',
        practice: 'Each school brings one problem to every network meeting.',
      },
    ],
    aims: [
      {
        title: 'Every child learns a rich curriculum and remembers it',
        why: 'Knowledge that is kept opens the next door.',
        areas: ['Curriculum', 'Reading', 'Assessment'],
      },
      {
        title: 'Every adult gets better at their craft each year',
        why: 'Teaching is the lever that schools hold themselves.',
        areas: ['Professional development', 'Coaching', 'Networks'],
      },
      {
        title: 'What works travels between schools',
        why: 'No school should have to invent alone.',
        areas: ['Research', 'Moderation', 'Peer review'],
      },
    ],
    policies: policies('aligned', 'own'),
  },
  {
    id: 'collaborative-family',
    name: 'A collaborative family of schools',
    suits: 'Trusts of schools with strong characters of their own, church and community schools among them.',
    mission:
      'Different schools, one promise: each child is known, and each school is stronger for belonging.',
    vision: 'Every school keeps its character and none stands alone.',
    values: [
      {
        title: 'Belonging',
        words: 'Every child and adult is known by name.',
        practice: 'Nobody eats lunch alone; every leaver is missed by someone.',
      },
      {
        title: 'Trust',
        words: 'We decide as near to the child as we can.',
        practice: 'The trust asks first, and gives its reasons when it decides.',
      },
    ],
    aims: [
      {
        title: 'Children flourish: in learning, in character, in community',
        why: 'Results alone are not a childhood.',
        areas: ['Achievement', 'Personal development', 'Inclusion'],
      },
      {
        title: 'Schools help each other before anyone has to ask',
        why: 'Help that comes early is small and kind.',
        areas: ['School-to-school support', 'Shared posts'],
      },
      {
        title: 'Our communities are glad that we are here',
        why: 'Schools outlast plans.',
        areas: ['Parents', 'Partners', 'Local offer'],
      },
    ],
    policies: policies('own', 'own'),
  },
  {
    id: 'excellence-for-all',
    name: 'Excellence for all',
    suits: 'Trusts that bring schools in difficulty to a high standard by a common way of working.',
    mission: 'The best education that anyone could have, for children who have been offered less.',
    vision: 'Where a child starts never decides where they finish.',
    values: [
      {
        title: 'Ambition',
        words: 'We plan for the best that children can do.',
        practice: 'The hardest text is read by everyone, with help.',
      },
      {
        title: 'Consistency',
        words: 'Every lesson counts, in every room.',
        practice: 'Routines are taught, practised and kept by all.',
      },
    ],
    aims: [
      {
        title: 'Every child reads well enough to learn from books',
        why: 'Reading is the way into every other subject.',
        areas: ['Phonics', 'Fluency', 'Vocabulary'],
      },
      {
        title: 'Disadvantage makes no difference',
        why: 'It is the promise that we were founded on.',
        areas: ['Attendance', 'Tutoring', 'Aspiration'],
      },
      {
        title: 'Calm, kind, orderly schools',
        why: 'Nobody learns while they are wary.',
        areas: ['Behaviour', 'Attendance', 'Safeguarding'],
      },
    ],
    policies: policies('standardised', 'standardised'),
  },
  {
    id: 'four-aims',
    name: 'Outcomes, improvement, leadership, business',
    suits: 'Trusts that report to their board under four heads.',
    mission: 'Strong schools, well led, on sound foundations.',
    vision: 'A trust that improves every school that joins it, and could show how.',
    values: [
      {
        title: 'Service',
        words: 'The trust exists for its schools, and they for children.',
        practice: 'Every central post can say which school it helped this week.',
      },
      {
        title: 'Stewardship',
        words: 'We spend public money as if it were scarce, because it is.',
        practice: 'Each objective has its cost beside its result.',
      },
    ],
    aims: [
      {
        title: 'Outcomes: pupils achieve and attend well',
        why: 'It is what we are for.',
        areas: ['Attainment', 'Progress', 'Attendance'],
      },
      {
        title: 'Improvement: schools get better and stay better',
        why: 'Support should end, and what it changed should last.',
        areas: ['Teaching', 'Curriculum', 'Support'],
      },
      {
        title: 'Leadership: people grow and stay',
        why: 'Every school is as good as its next leader.',
        areas: ['Talent', 'Wellbeing', 'Governance'],
      },
      {
        title: 'Business: sound finance, safe buildings, light load',
        why: 'Foundations are noticed when they fail.',
        areas: ['Finance', 'Estates', 'Systems'],
      },
    ],
    policies: policies('aligned', 'aligned'),
  },
  {
    id: 'local-partnership',
    name: 'A local education partnership',
    suits:
      'Trusts that work with the other schools of their place, in and out of the trust: supporting and challenging.',
    mission: 'Every child of this place, whichever school they go to.',
    vision: 'The schools of one place answer for its children together.',
    values: [
      {
        title: 'Challenge',
        words: 'A good partner says what they see.',
        practice: 'Peer reviewers’ findings are agreed by the school, and acted on.',
      },
      {
        title: 'Place',
        words: 'We know our streets and use what they offer.',
        practice: 'Employers, libraries and clubs teach with us.',
      },
    ],
    aims: [
      {
        title: 'No child of this place is lost between schools',
        why: 'Most are lost at a join.',
        areas: ['Transition', 'Attendance', 'Inclusion'],
      },
      {
        title: 'Schools support and challenge one another as equals',
        why: 'Those who know the place see most.',
        areas: ['Peer review', 'Joint moderation'],
      },
      {
        title: 'Young people leave with somewhere to go',
        why: 'A place keeps its young by giving them a future.',
        areas: ['Careers', 'Enrichment', 'Partners'],
      },
    ],
    policies: policies('own', 'aligned'),
  },
]
