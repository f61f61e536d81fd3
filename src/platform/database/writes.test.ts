import { describe, expect, it } from 'vitest'
import { tablesWritten } from './writes.ts'

describe('what a statement writes to', () => {
  it.each([
    ['select * from "evidence"."drop"', []],
    ['begin', []],
    ['commit', []],
    ["select set_config('throughline.trust', $1, true)", []],
    ['insert into "access"."audit" ("trust_id") values ($1)', ['access.audit']],
    ['update evidence.drop set name = $1', ['evidence.drop']],
    ['delete from "organisation"."pupil" where pupil_id = $1', ['organisation.pupil']],
    [
      'with gone as (delete from evidence.mapping returning *) insert into evidence.mapping select * from gone',
      ['evidence.mapping', 'evidence.mapping'],
    ],
    ['analyze', ['?']],
    ['select 1; delete from evidence.drop', ['evidence.drop']],
  ])('%s', (statement, tables) => {
    expect(tablesWritten(statement)).toEqual(tables)
  })
})
