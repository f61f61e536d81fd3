import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsChanged } from './changed.ts'
import { judgementChanged, type Version, versionOf } from './compare-judgements.ts'
import { partsOf } from './frozen.ts'

const told = (was: string, now: string) =>
  wordsChanged(was, now)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `-${text}-` : `+${text}+`))
    .join('')

describe('what changed in words', () => {
  it.each([
    ['Most read well.', 'Most read well.', 'Most read well.'],
    ['Most read well.', 'Many read well.', '-Most-+Many+ read well.'],
    ['', 'New.', '+New.+'],
    ['Old.', '', '-Old.-'],
    ['62% read', '58% read', '-62-+58+% read'],
    ['One.\n\nTwo.', 'One.\n\nNew.\n\nTwo.', 'One.\n\n+New.\n\n+Two.'],
  ])('from “%s” to “%s”', (was, now, expected) => {
    expect(told(was, now)).toBe(expected)
  })

  it('gives back both texts, letter by letter, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (was, now) => {
        const pieces = wordsChanged(was, now)
        const without = (kind: string) =>
          pieces
            .filter((piece) => piece.kind !== kind)
            .map((piece) => piece.text)
            .join('')
        expect([without('new'), without('gone')]).toEqual([was, now])
      }),
    )
  })

  it('of two long texts that share nothing says so without end', () => {
    const text = (from: number) => Array.from({ length: 5000 }, (_, at) => `w${from + at}`).join(' ')
    expect(wordsChanged(text(0), text(10_000)).map((piece) => piece.kind)).toContain('gone')
  })
})

const line = (stem: string, value: string, period = 'spring 2026') => ({
  line: 1,
  name: stem,
  value,
  of: value && '9 of 27',
  period,
  stem,
})
const version = (more: Partial<Version> = {}): Version => ({
  gradeName: 'Expected standard',
  words: 'They read.',
  strengths: '',
  next: '',
  lines: [line('reading', '33%')],
  by: 'Ruth Kemp',
  on: '2026-01-16',
  ...more,
})

describe('what changed in a judgement', () => {
  it('is nothing when only who confirmed it, and when, differ', () => {
    expect(judgementChanged(version(), version({ by: 'Owen', on: '2026-03-01' })).same).toBe(true)
  })

  it('is its grade, its words, and the evidence that moved, came or went', () => {
    const changed = judgementChanged(
      version({ lines: [line('reading', '33%'), line('writing', '40%')] }),
      version({
        gradeName: 'Strong standard',
        next: 'Writing.',
        lines: [line('spelling', '50%'), line('reading', '41%', 'summer 2026')],
      }),
    )
    expect(changed).toMatchObject({
      same: false,
      grade: { was: 'Expected standard', now: 'Strong standard' },
      next: [{ kind: 'new', text: 'Writing.' }],
      lines: [
        { name: 'reading', was: '33% (9 of 27) spring 2026', now: '41% (9 of 27) summer 2026' },
        { name: 'writing', now: null },
        { name: 'spelling', was: null },
      ],
    })
  })

  it('that was not there before is all new', () => {
    expect(judgementChanged(undefined, version())).toMatchObject({
      grade: { was: null, now: 'Expected standard' },
      words: [{ kind: 'new', text: 'They read.' }],
    })
  })

  it('reads cited figures as they stood, so that a figure that moved shows in the words', () => {
    const frozen = {
      ...{ framework: 'f', area: 'a', areaName: 'A', grade: 'g', gradeName: 'G', place: 1, ofPlaces: 5 },
      ...{ strengths: 'Also [1 as n of N].', next: '', by: 'Ruth', on: '2026-01-16' },
      paragraphs: partsOf('Now [1] read [2].'),
      lines: [
        {
          ...line('reading', '33%'),
          ...{ interval: '', snapshot: 4, href: '', objective: null, standing: null, kept: '' },
        },
      ],
    }
    expect(versionOf(frozen)).toMatchObject({ words: 'Now 33% read [2].', strengths: 'Also 9 of 27.' })
  })
})
