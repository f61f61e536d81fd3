import type { Likely, Stage } from '../tables.ts'
import type { ObjectiveTemplate } from './objective-template.ts'

type Phase = 'primary' | 'secondary' | 'special' | 'all-through'

/** A template that everybody has, for schools of these phases. */
export interface CommonTemplate extends ObjectiveTemplate {
  readonly code: string
  readonly phases: readonly Phase[]
}

const everyPhase: readonly Phase[] = ['primary', 'secondary', 'special', 'all-through']
const primary: readonly Phase[] = ['primary', 'special', 'all-through']
const secondary: readonly Phase[] = ['secondary', 'special', 'all-through']

/** From which week to which, in a year of work: explore in the first weeks, then prepare, deliver and sustain. */
const weeks: Record<Stage, readonly [from: number, to: number]> = {
  explore: [0, 4],
  prepare: [4, 10],
  deliver: [10, 34],
  sustain: [30, 40],
}

const step = (stage: Stage, title: string, days: number): ObjectiveTemplate['actions'][number] => ({
  title,
  starts: weeks[stage][0] * 7,
  due: weeks[stage][1] * 7,
  cost: 0,
  days,
})
const risk = (words: string, answer: string, likely: Likely = 'possible') => ({ words, answer, likely })

/** Starting points in our own words, for what schools most often work on. */
export const commonTemplates: readonly CommonTemplate[] = [
  {
    code: 'early-reading',
    phases: primary,
    title: 'Every child reads by six',
    why: 'Who cannot read by the end of Year 1 meets every other subject with a closed book.',
    forWhom: 'Reception and Years 1 and 2; above all those who fall behind in the first weeks',
    ingredients: [
      'One phonics programme, taught the same way by every adult, every day',
      'Books to take home that hold only sounds already taught',
      'Who falls behind is found within a fortnight and taught again the same week',
      'Leaders listen to children read, not only to scores',
    ],
    measures: [
      { measure: 'phonics-year-1', year: '1', group: 'all' },
      { measure: 'phonics-year-1', year: '1', group: 'disadvantaged' },
    ],
    checks: ['Every adult who teaches phonics was seen teaching it and coached this term'],
    actions: [
      step('explore', 'Hear the lowest fifth read, and note which sounds are missing', 2),
      step('explore', 'Watch phonics in every class, with the programme in hand', 2),
      step('prepare', 'Train every adult in the programme, those new in the year as well', 4),
      step('prepare', 'Sort the reading books by the sounds that they need', 3),
      step('deliver', 'Coach each teacher in their own room, once a fortnight', 12),
      step('deliver', 'Daily catch-up in small groups, with the same lessons', 30),
      step('sustain', 'Name who trains whoever joins next year', 1),
    ],
    risks: [
      risk(
        'Catch-up is the first thing dropped when an adult is away',
        'Two adults trained for each group',
        'likely',
      ),
    ],
  },
  {
    code: 'early-language',
    phases: primary,
    title: 'Children leave Reception talking in sentences',
    why: 'The words that a child has at five decide how much of Year 1 they understand.',
    forWhom: 'Nursery and Reception; children new to English and those who speak little',
    ingredients: [
      'Every child is heard one to one in the first three weeks',
      'Adults stop, wait and give back the sentence a little longer',
      'The same books, rhymes and words come back until they are the children’s own',
      'Families know this week’s words',
    ],
    measures: [
      { measure: 'good-level-of-development', year: 'R', group: 'all' },
      { measure: 'good-level-of-development', year: 'R', group: 'eal' },
    ],
    checks: ['Each child’s talk was noted in September, January and May'],
    actions: [
      step('explore', 'Listen to each child and note how they ask, tell and explain', 4),
      step('prepare', 'Choose the books, rhymes and words of each half-term', 3),
      step('prepare', 'Train all adults in how to talk with children, and film each other', 3),
      step('deliver', 'Small talking groups three times a week for those who speak least', 24),
      step('deliver', 'Send this week’s words home, in the family’s language too', 4),
      step('sustain', 'Show Year 1 where each child stands, and what to go on with', 1),
    ],
    risks: [
      risk('Busy rooms: adults manage and do not talk', 'One adult each session does nothing but talk'),
    ],
  },
  {
    code: 'writing-disadvantaged',
    phases: primary,
    title: 'Disadvantaged pupils write as well as others',
    why: 'Writing is where the gap is widest, because it needs everything at once: hand, spelling, sentence and something to say.',
    forWhom: 'Disadvantaged pupils in Years 3 to 6',
    ingredients: [
      'Handwriting and spelling are fluent before length is asked for',
      'Sentences are taught and practised aloud, then written',
      'Pupils write about what they have been taught, in every subject',
      'Each piece is written again after one clear piece of advice',
    ],
    measures: [
      { measure: 'writing-expected', year: 'all', group: 'disadvantaged' },
      { measure: 'ks2-writing-expected', year: '6', group: 'disadvantaged' },
    ],
    checks: ['Books of six disadvantaged pupils a year group were read together by two schools'],
    actions: [
      step('explore', 'Read the books of the pupils concerned: what stops them first?', 2),
      step('explore', 'Time a minute’s handwriting in each class', 1),
      step('prepare', 'Agree what is taught about the sentence in each year', 4),
      step('prepare', 'Practise modelling writing in staff meetings', 3),
      step('deliver', 'Ten minutes of sentence practice each day', 10),
      step('deliver', 'Handwriting groups until it is fluent', 15),
      step('deliver', 'Judge writing together across schools each term', 3),
      step('sustain', 'Put the sentence plan into the curriculum and its training', 2),
    ],
    risks: [risk('Pupils are taken out of other lessons for it', 'Practice stands in the class’s own day')],
  },
  {
    code: 'curriculum-mathematics',
    phases: primary,
    title: 'Mathematics that is remembered',
    why: 'Pupils who have to work out 7 × 8 have no thought left for the problem.',
    forWhom: 'Years 1 to 6; those whose number facts are slow',
    ingredients: [
      'Small steps in one agreed order through the school',
      'Number facts are practised daily until they need no thought',
      'Old work comes back each week',
      'Everyone is taught the same idea; support is in the lesson, not instead of it',
    ],
    measures: [
      { measure: 'mathematics-expected', year: 'all', group: 'all' },
      { measure: 'multiplication-full-marks', year: '4', group: 'all' },
      { measure: 'ks2-mathematics-expected', year: '6', group: 'all' },
    ],
    checks: ['Pupils asked about last term’s work can do it'],
    actions: [
      step('explore', 'Ask four pupils of each class to do last year’s work', 3),
      step('prepare', 'Agree the order of steps and where each fact is secure by', 5),
      step('prepare', 'Plan the next unit together, a teacher of each year', 4),
      step('deliver', 'Ten minutes of facts each day, with a record that pupils keep', 8),
      step('deliver', 'Teach and watch in pairs once a half-term', 10),
      step('sustain', 'A yearly review of the order with the schools that feed in and follow', 2),
    ],
    risks: [risk('Tables are drilled without meaning', 'Each fact is met with pictures and things first')],
  },
  {
    code: 'grade-4-english-maths',
    phases: secondary,
    title: 'English and maths for every leaver',
    why: 'Without a grade 4 in both, most ways on from school are closed or longer.',
    forWhom: 'Year 11, and Year 10 from January; those who are near in one subject and far in the other',
    ingredients: [
      'Both departments look at the same names in the same meeting',
      'Teaching again what a question-by-question look says is missing',
      'Attendance is dealt with before tutoring',
      'Pupils know what the next three marks are',
    ],
    measures: [
      { measure: 'english-maths-4', year: '11', group: 'all' },
      { measure: 'english-maths-4', year: '11', group: 'disadvantaged' },
    ],
    checks: ['Each pupil on the list has a named adult and a next step'],
    actions: [
      step('explore', 'List who is near in one subject, in both, and who is away too often', 2),
      step('prepare', 'Agree the lessons to teach again from the autumn mock', 4),
      step('prepare', 'Settle who is tutored, by whom, in place of what', 2),
      step('deliver', 'Tutoring in threes, twice a week, by the subject’s own teachers', 20),
      step('deliver', 'Both departments review the list each fortnight', 6),
      step('sustain', 'Move what worked into Year 10 from January', 3),
    ],
    risks: [
      risk(
        'Only those near the line are helped',
        'The list begins with those who are far and present',
        'likely',
      ),
    ],
  },
  {
    code: 'attendance',
    phases: everyPhase,
    title: 'In school, every day',
    why: 'No teaching reaches a child who is not there, and each day missed makes the next one easier to miss.',
    forWhom: 'Pupils who miss a tenth of their sessions or more, and those on the way there',
    ingredients: [
      'The reason is asked and understood before anything is sent',
      'One trusted adult for each family, who rings first',
      'Looked at every week by name, from the third absence on',
      'What stops a child at school (lessons, friends, the bus) is put right at school',
    ],
    measures: [
      { measure: 'persistent-absence', year: 'all', group: 'all' },
      { measure: 'attendance', year: 'all', group: 'disadvantaged' },
    ],
    checks: ['Every persistently absent pupil has a plan that the family helped to write'],
    actions: [
      step('explore', 'Read the codes: who, which days, which reasons', 2),
      step('explore', 'Talk with ten families of pupils who came back', 3),
      step('prepare', 'Name the adult for each family and the hour for it', 2),
      step('prepare', 'Practise the first telephone call', 1),
      step('deliver', 'A weekly meeting by name: what changed, who rings', 15),
      step('deliver', 'A soft start to the day for those who come back', 10),
      step('sustain', 'Hand over in June: each pupil’s story goes up with them', 3),
    ],
    risks: [
      risk(
        'Prizes for being present reward those who were never away',
        'Praise goes to who came more than last month',
      ),
    ],
  },
  {
    code: 'behaviour',
    phases: everyPhase,
    title: 'Calm lessons, calm corridors',
    why: 'Ten lost minutes a lesson are a term by the end of Year 11.',
    forWhom: 'Everyone; those who are sent out most often first',
    ingredients: [
      'A few routines, taught like a subject and practised again after each holiday',
      'Every adult says the same words',
      'Who is sent out most is looked at for what they cannot yet do',
      'Leaders are seen at the hard times of the day',
    ],
    measures: [
      { measure: 'behaviour-per-pupil', year: 'all', group: 'all' },
      { measure: 'suspended-once', year: 'all', group: 'sen-support' },
    ],
    checks: ['Pupils asked at random say the routines, and that they hold'],
    actions: [
      step('explore', 'Walk the day and note where time goes', 2),
      step('explore', 'Look at who is sent out, from which lessons, at which hour', 1),
      step('prepare', 'Agree the routines and their words with all staff', 3),
      step('prepare', 'Practise them with staff before pupils', 2),
      step('deliver', 'Teach the routines in the first week of each half-term', 6),
      step('deliver', 'A review by name, each fortnight, of who is sent out most', 8),
      step('sustain', 'Train whoever joins, pupils and adults, in their first week', 3),
    ],
    risks: [
      risk('Fewer events are written down, not fewer happen', 'Corridor walks count as well as the log'),
    ],
  },
  {
    code: 'send-provision',
    phases: everyPhase,
    title: 'Pupils with SEND are taught in the lesson',
    why: 'Pupils with SEND learn most from the best-trained adult, and are often furthest from them.',
    forWhom: 'Pupils with SEN support and with EHC plans',
    ingredients: [
      'Each teacher knows the three things that help this pupil in this subject',
      'Explanations in steps, words taught first, more practice, less copying',
      'Assistants help pupils to begin by themselves, and step back',
      'What is extra has an aim, an end and a look at whether it worked',
    ],
    measures: [
      { measure: 'reading-expected', year: 'all', group: 'sen-support' },
      { measure: 'persistent-absence', year: 'all', group: 'sen-support' },
    ],
    checks: ['Pupils and families say that what was agreed happens in lessons'],
    actions: [
      step('explore', 'Follow four pupils for a day each', 4),
      step('explore', 'List what is extra, for whom, since when, and whether it worked', 2),
      step('prepare', 'One page for each pupil, written with them', 6),
      step('prepare', 'Train teachers in explaining in steps; train assistants in stepping back', 4),
      step('deliver', 'Teachers and assistants plan together, fifteen minutes a week', 12),
      step('deliver', 'Look at each pupil’s aims every half-term with the family', 12),
      step('sustain', 'End what does not work, and say so', 2),
    ],
    risks: [
      risk('The page is written and not read', 'It is opened in the planning meeting each week', 'likely'),
    ],
  },
]
