import {
  addSuccessMeasure,
  beginFrom,
  purposeOn,
  say,
  setAim,
  setPolicy,
  setPriority,
  takeStance,
} from '../../modules/purpose/index.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { viewerOn } from './clock.ts'
import { tidewell } from './tidewell.ts'

export interface Heads {
  /** Viewers of the headteachers by their school’s slug, with the school’s id. */
  readonly [slug: string]: { readonly viewer: Viewer; readonly school: number }
}

/** What Tidewell stood for in September 2024, and what it changed a year later. */
export async function writePurpose(director: Viewer, heads: Heads): Promise<void> {
  const first = viewerOn(director, '2024-09-02', '09:30')
  await beginFrom(first, 'excellence-for-all')
  await say(first, { kind: 'vision', words: tidewell.vision })
  const [reading, gaps, calm] = (await purposeOn(first)).aims
  const by = '2027-07-20'
  const fluency = await setPriority(first, {
    aim: reading!.id,
    title: 'Reading, from phonics to Year 4',
    why: 'Children who can decode by Year 2 lose their way when texts get long.',
    owner: director.person,
    by,
  })
  const attendance = await setPriority(first, {
    aim: calm!.id,
    title: 'Every pupil in school, every day',
    why: 'A tenth of a year missed is a term of primary school.',
    owner: director.person,
    by,
  })
  for (const target of [
    { priority: fluency, measure: 'reading-expected', year: '4', group: 'all', target: 86 },
    { priority: fluency, measure: 'reading-expected', year: '4', group: 'disadvantaged', target: 80 },
    { priority: attendance, measure: 'attendance', year: 'all', group: 'all', target: 94.5 },
    { priority: attendance, measure: 'persistent-absence', year: 'all', group: 'all', target: 15 },
  ])
    await addSuccessMeasure(first, { ...target, by })

  const second = viewerOn(director, '2025-09-01', '10:15')
  await say(second, {
    kind: 'mission',
    words: 'Every child known, stretched and never written off, whichever of our schools they walk into.',
  })
  await setAim(second, {
    aim: gaps!.id,
    title: 'Where a child starts decides nothing',
    why: 'It is the promise that we were founded on, and the one we keep least well.',
    areas: ['Attendance', 'Reading', 'Tutoring', 'Aspiration'],
  })
  const maths = await setPriority(second, {
    aim: gaps!.id,
    title: 'Mathematics for disadvantaged pupils in Years 10 and 11',
    owner: director.person,
    why: 'Half of them leave without grade 5, and they say it is the subject they gave up first.',
    by,
  })
  await addSuccessMeasure(second, {
    priority: maths,
    measure: 'english-maths-5',
    year: '11',
    group: 'disadvantaged',
    target: 35,
    by,
  })
  await setPolicy(second, {
    title: 'Curriculum',
    model: 'aligned',
    decides: 'Director of education, with heads of subject',
    words: 'Common end points each year; schools choose texts and order.',
  })
  await schoolsAnswer(heads, { fluency, attendance, maths })
}

async function schoolsAnswer(
  heads: Heads,
  asked: { readonly fluency: number; readonly attendance: number; readonly maths: number },
): Promise<void> {
  const day = (slug: string, on = '2025-09-12') => ({
    ...heads[slug]!,
    viewer: viewerOn(heads[slug]!.viewer, on, '15:40'),
  })
  const saltmarsh = day('saltmarsh')
  await say(saltmarsh.viewer, {
    kind: 'ethos',
    school: saltmarsh.school,
    words:
      'A small school by the water, where every child is read to, every day, by someone who loves the book.',
    practice: 'Listen at ten past one: the whole school is reading aloud.',
  })
  await takeStance(saltmarsh.viewer, {
    school: saltmarsh.school,
    priority: asked.fluency,
    stance: 'adapt',
    words: 'We put Year 4 first: phonics is secure, and fluency is what goes missing.',
  })
  for (const slug of ['gull-rock', 'harbour-lane', 'fenwick-road']) {
    const { viewer, school } = day(slug)
    await takeStance(viewer, { school, priority: asked.fluency, stance: 'adopt' })
  }
  for (const slug of ['saltmarsh', 'gull-rock', 'harbour-lane', 'northquay', 'the-weir']) {
    const { viewer, school } = day(slug, '2025-09-19')
    await takeStance(viewer, { school, priority: asked.attendance, stance: 'adopt' })
  }
  const church = day('st-brannocks')
  await say(church.viewer, {
    kind: 'ethos',
    school: church.school,
    words: 'In all we do, kindness first: to the stranger, the small and the slow.',
  })
  await takeStance(church.viewer, {
    school: church.school,
    priority: asked.fluency,
    stance: 'not now',
    words: 'Writing comes first this year. We take up fluency in September 2026.',
  })
  const northquay = day('northquay')
  await takeStance(northquay.viewer, { school: northquay.school, priority: asked.maths, stance: 'adopt' })
  const [, gaps] = (await purposeOn(northquay.viewer)).aims
  await setPriority(northquay.viewer, {
    school: northquay.school,
    aim: gaps!.id,
    title: 'Every pupil has somewhere to go at sixteen',
    why: 'Seven left without a place last summer.',
    owner: northquay.viewer.person,
    by: '2026-08-31',
  })
}
