import { describe, expect, it } from 'vitest'
import { logTo, scrubbed } from './log.ts'

describe('a log holds nothing that anybody typed', () => {
  it.each([
    ['invalid input syntax for type integer: "Ayesha Rahman"', 'invalid input syntax for type integer: "…"'],
    ['“31/02/2014” is not a day', '“…” is not a day'],
    ['Key (email)=(r.kemp@tidewell.example) already exists.', 'Key (email)=(…) already exists.'],
    ['no answer from <r.kemp@tidewell.example>', 'no answer from <[address]>'],
    ['pupil A123456789012 twice', 'pupil [UPN] twice'],
    ["Could not convert string 'Sam Price' to INT32", "Could not convert string '…' to INT32"],
    ['plain words stay, don’t they', 'plain words stay, don’t they'],
  ])('%s', (text, kept) => {
    expect(scrubbed(text)).toBe(kept)
  })

  it('keeps where an error happened, and its kind', () => {
    const lines: string[] = []
    logTo((line) => lines.push(line)).error('import', new TypeError('"Sam Price" is not iterable'), {
      import: 7,
    })
    const line = JSON.parse(lines[0]!)
    expect(line).toMatchObject({ event: 'import', import: 7 })
    expect(line.error).toMatch(/^TypeError: "…" is not iterable\n\s+at /)
    expect(lines[0]).not.toContain('Sam Price')
  })
})
