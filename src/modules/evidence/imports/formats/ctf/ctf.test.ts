import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CtfField, ctfLayout, ctfVersions, inVersion } from './layout.ts'
import { readCtf } from './read-ctf.ts'
import type { CtfItem, CtfTree } from './tree.ts'
import { writeCtf } from './write-ctf.ts'

const written = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them.
  .map((text) => text.replace(/[\u0000-\u001f\ufffe\uffff\ud800-\udfff]/g, '').trim() || 'é & <b> "x" ]]>')

/** A CTF of a version with any of its fields filled or missing. */
function anyOf(field: CtfField, version: number): fc.Arbitrary<CtfItem> {
  const inside: fc.Arbitrary<CtfItem> = field.of
    ? fc
        .record(
          Object.fromEntries(
            field.of.filter((one) => inVersion(one, version)).map((one) => [one.name, anyOf(one, version)]),
          ),
          { requiredKeys: [] },
        )
        .map((tree) => ({ ...tree }) as CtfTree)
    : written
  return field.many ? (fc.array(inside, { minLength: 1, maxLength: 2 }) as fc.Arbitrary<CtfItem>) : inside
}

const pupilField = ctfLayout.of![1]!.of![0]!

describe.each(ctfVersions)('a CTF of version %i', (version) => {
  it('that we write is read back without loss', () => {
    fc.assert(
      fc.property(anyOf(pupilField, version), (pupils) => {
        const tree: CtfTree = {
          Header: { DocumentName: 'Common Transfer File', CTFversion: `${version}.0` },
          CTFpupilData: { Pupil: pupils },
        }
        const back = readCtf(writeCtf(tree, version))
        expect(back.tree).toEqual(tree)
        expect(back.version).toBe(version)
        expect([...back.unknown]).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('has its fields in DfE’s order, whatever the order they are given in', () => {
    const pupil = { Forename: 'Ines', Surname: 'Moreau', UPN: 'A', DOB: '2016-02-11', Sex: 'F', Gender: 'F' }
    const text = writeCtf(
      { CTFpupilData: { Pupil: [pupil] }, Header: { CTFversion: `${version}.0` } },
      version,
    )
    const names = [...text.matchAll(/<([A-Za-z]+)>/g)].map(([, name]) => name)
    expect(names).toEqual([
      'CTfile',
      'Header',
      'CTFversion',
      'CTFpupilData',
      ...['Pupil', 'UPN', 'Surname', 'Forename', 'DOB', version < 23 ? 'Gender' : 'Sex'],
    ])
  })
})

const around = (pupils: string) =>
  `<?xml version="1.0"?><CTfile><Header><CTFversion>25.0</CTFversion></Header><CTFpupilData>${pupils}</CTFpupilData></CTfile>`

describe('a file that is no good CTF is refused with a sentence', () => {
  it.each([
    ['entities', `<!DOCTYPE x [<!ENTITY a "b">]>${around('<Pupil/>')}`, /names of its own/],
    ['a million nodes', around('<Pupil/>'.repeat(1_000_000)), /more parts than a CTF/],
    ['a depth of a million', around('<a>'.repeat(1_000_000)), /more parts than a CTF/],
    ['cut in the middle', around('<Pupil><UPN>A</UPN></Pupil>').slice(0, 95), /cut off or damaged/],
    ['another XML', '<html><body/></html>', /begins with “html”/],
    ['no version', '<CTfile><Header/></CTfile>', /does not say its version/],
    ['no pupil', around(''), /holds no pupil/],
    ['nothing', '', /cut off or damaged/],
  ])('%s', (_, text, sentence) => {
    expect(() => readCtf(text)).toThrow(sentence)
  })

  it('but parts that we don’t know are counted, not refused', () => {
    const { unknown } = readCtf(around('<Pupil><UPN>A</UPN><Colour>x</Colour></Pupil>'))
    expect([...unknown]).toEqual([['Colour', 1]])
  })
})
