import { describe, expect, it } from 'vitest'
import {
  canChase,
  canLock,
  canOpen,
  canSignOff,
  canWithdraw,
  type LockFacts,
  type SignOffFacts,
} from './can.ts'

const lock = { snapshot: 14, at: new Date('2026-04-03T15:42:00Z'), by: 'Priya Raman', note: '' }
const locked = 'Priya Raman locked this drop on 3 April at 16:42: snapshot 14 is final.'

describe('a headteacher may sign off', () => {
  const ready: SignOffFacts = { school: 'Saltmarsh', may: true, asked: true, results: 120, inHand: [] }
  const signedOff = { by: 'Ruth Kemp', at: new Date('2026-03-19T09:05:00Z') }
  it.each<[string, Partial<SignOffFacts>, string | undefined]>([
    ['when everything is published', {}, undefined],
    ['not after the lock', { lock }, locked],
    [
      'not for a school that was not asked',
      { asked: false },
      'Saltmarsh was not asked for anything in this drop.',
    ],
    ['not twice', { signedOff }, 'Ruth Kemp signed off on 19 March at 09:05.'],
    ['only as the headteacher', { may: false }, 'Saltmarsh’s headteacher signs off. Your role does not.'],
    [
      'not while a file lies open',
      { inHand: ['marks.xlsx'] },
      'One file is not published yet: marks.xlsx. Publish or set aside first.',
    ],
    ['not over nothing', { results: 0 }, 'Nothing of Saltmarsh is published in this drop yet.'],
  ])('%s', (_, facts, because) => {
    const verdict = canSignOff({ ...ready, ...facts })
    expect(verdict).toEqual(because ? { ok: false, because } : { ok: true })
  })

  it.each<[string, Partial<SignOffFacts>, string | undefined]>([
    ['and take it back', { signedOff }, undefined],
    ['not when nothing is signed', {}, 'Saltmarsh has not signed off.'],
    ['not after the lock', { signedOff, lock }, locked],
    [
      'only as the headteacher',
      { signedOff, may: false },
      'Saltmarsh’s headteacher takes a sign-off back. Your role does not.',
    ],
  ])('%s', (_, facts, because) => {
    const verdict = canWithdraw({ ...ready, ...facts })
    expect(verdict).toEqual(because ? { ok: false, because } : { ok: true })
  })
})

describe('the data lead may lock', () => {
  const ready: LockFacts = { may: true, published: 9, waiting: [] }
  it.each<[string, Partial<LockFacts>, string | undefined]>([
    ['when every school has signed off', {}, undefined],
    ['not twice', { lock }, locked],
    ['only as the data lead', { may: false }, 'The trust data lead locks a drop. Your role does not.'],
    [
      'not an empty drop',
      { published: 0 },
      'Nothing is published in this drop, so there is nothing to lock.',
    ],
    [
      'not while schools are waited for',
      { waiting: ['Saltmarsh', 'Gull Rock'] },
      'Two schools have not signed off: Saltmarsh and Gull Rock.',
    ],
    ['naming a single school', { waiting: ['Gull Rock'] }, 'One school has not signed off: Gull Rock.'],
    [
      'without a school only with a reason',
      { waiting: ['Gull Rock'], without: 'late' },
      'Say in a sentence why the drop is locked without Gull Rock: it is kept with the snapshot.',
    ],
    [
      'without a school, with the reason',
      { waiting: ['Gull Rock'], without: 'The school was flooded all week.' },
      undefined,
    ],
    [
      'and a long list is cut',
      { waiting: Array.from({ length: 12 }, (_, at) => `S${at + 1}`) },
      '12 schools have not signed off: S1, S2, S3, S4, S5 and 7 more.',
    ],
  ])('%s', (_, facts, because) => {
    expect(canLock({ ...ready, ...facts })).toEqual(because ? { ok: false, because } : { ok: true })
  })
})

describe('reminders may be sent', () => {
  it.each([
    ['to those who wait', { may: true, waiting: 2, recipients: 2 }, undefined],
    [
      'to nobody when all are ready',
      { may: true, waiting: 0, recipients: 0 },
      'Every school has signed off; there is nobody to remind.',
    ],
    [
      'once a day',
      { may: true, waiting: 2, recipients: 0 },
      'Everybody who could be reminded was reminded today. Nobody is written to twice in a day.',
    ],
    [
      'only by the trust',
      { may: false, waiting: 2, recipients: 2 },
      'The trust data lead or the director sends reminders. Your role does not.',
    ],
    ['not after the lock', { may: true, waiting: 1, recipients: 1, lock }, locked],
  ])('%s', (_, facts, because) => {
    expect(canChase(facts)).toEqual(because ? { ok: false, because } : { ok: true })
  })
  it('and a drop is opened by the data lead only', () => {
    expect(canOpen({ may: false })).toEqual({
      ok: false,
      because: 'The trust data lead opens a drop. Your role does not.',
    })
    expect(canOpen({ may: true }).ok).toBe(true)
  })
})
