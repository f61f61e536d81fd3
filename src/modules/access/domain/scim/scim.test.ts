import { describe, expect, it } from 'vitest'
import { answers, readFilter } from './filter.ts'
import { ScimTrouble } from './json.ts'
import { operationsIn, patched } from './patch.ts'

// The user of RFC 7643, 8.2, in short.
const bjensen = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: '2819c223-7f76-453a-919d-413861904646',
  userName: 'bjensen@example.com',
  name: { formatted: 'Ms. Barbara J Jensen, III', familyName: "O'Malley", givenName: 'Barbara' },
  title: 'Tour Guide',
  userType: 'Employee',
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  meta: { resourceType: 'User', lastModified: '2011-05-13T04:42:34Z' },
}

describe('a filter', () => {
  it.each([
    // RFC 7644, 3.4.2.2, figure 2, with this user.
    ['userName eq "bjensen@example.com"', true],
    ['userName Eq "BJENSEN@example.com"', true],
    ['name.familyName co "O\'Malley"', true],
    ['userName sw "J"', false],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "B"', true],
    ['title pr', true],
    ['nickName pr', false],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', false],
    ['meta.lastModified ge "2011-05-13T04:42:34Z"', true],
    ['meta.lastModified lt "2011-05-13T04:42:35Z"', true],
    ['title pr and userType eq "Employee"', true],
    ['title pr or userType eq "Intern"', true],
    ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', true],
    ['userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")', false],
    ['userType eq "Employee" and (emails.type eq "work")', true],
    ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]', true],
    ['emails[type eq "work" and value co "@jensen.org"]', false],
    [
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
      true,
    ],
    ['active eq true', true],
    ['active eq "true"', false],
    ['id eq "2819C223-7f76-453a-919d-413861904646"', false],
    ['not (active eq true)', false],
    ['nickName eq null', true],
  ])('%s: %s', (text, expected) => {
    expect(answers(bjensen, readFilter(text))).toBe(expected)
  })

  it.each([
    '',
    'userName',
    'userName eq',
    'userName is "x"',
    '(userName pr',
    'userName eq "x" extra',
    'userName eq {}',
    `${'('.repeat(40)}title pr${')'.repeat(40)}`,
    '"x" eq userName',
  ])('“%s” is refused as one', (text) => {
    expect(() => readFilter(text)).toThrow(ScimTrouble)
  })
})

describe('a patch', () => {
  const patch = (resource: object, ...Operations: object[]) =>
    patched({ ...resource }, operationsIn({ Operations }))
  const group = {
    displayName: 'Heads',
    members: [
      { display: 'Babs Jensen', value: '2819c223' },
      { display: 'James Smith', value: '08e1d05d' },
    ],
  }
  it('does the examples of RFC 7644, 3.5.2', () => {
    expect(
      patch(group, {
        op: 'add',
        path: 'members',
        value: [{ display: 'Babs', value: '2819c223' }, { value: 'new' }],
      }).members,
      '3.5.2.1: one that is there is not added again',
    ).toHaveLength(3)
    expect(
      patch(bjensen, {
        op: 'add',
        value: { emails: [{ value: 'babs@home.example', type: 'home' }], nickname: 'Babs' },
      }),
    ).toMatchObject({ nickname: 'Babs', emails: [{}, {}, { value: 'babs@home.example' }] })
    expect(patch(group, { op: 'remove', path: 'members[value eq "2819c223"]' }).members).toEqual([
      group.members[1],
    ])
    expect(patch(group, { op: 'remove', path: 'members' }).members).toBeUndefined()
    expect(
      patch(bjensen, { op: 'remove', path: 'emails[type eq "work" and value ew "example.com"]' }).emails,
    ).toEqual([bjensen.emails[1]])
    const swapped = patch(
      group,
      { op: 'remove', path: 'members[value eq "2819c223"]' },
      { op: 'add', path: 'members', value: [{ display: 'James', value: '08e1d05e' }] },
    )
    expect((swapped.members as { value: string }[]).map((one) => one.value)).toEqual(['08e1d05d', '08e1d05e'])
    expect(patch(group, { op: 'replace', path: 'members', value: [{ value: 'a' }] }).members).toEqual([
      { value: 'a' },
    ])
    expect(
      (
        patch(bjensen, { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@new.example' })
          .emails as object[]
      )[0],
    ).toMatchObject({ value: 'b@new.example', primary: true })
    expect(patch(bjensen, { op: 'replace', value: { active: false } }).active).toBe(false)
  })

  it('does what Entra sends', () => {
    expect(patch(bjensen, { op: 'Replace', path: 'name.familyName', value: 'Smith' }).name).toMatchObject({
      familyName: 'Smith',
      givenName: 'Barbara',
    })
    expect(patch(bjensen, { op: 'Add', value: { 'name.givenName': 'Babs' } }).name).toMatchObject({
      givenName: 'Babs',
    })
    expect(patch(group, { op: 'Remove', path: 'members', value: [{ value: '08e1d05d' }] }).members).toEqual([
      group.members[0],
    ])
    expect(
      patch({}, { op: 'Add', path: 'emails[type eq "work"].value', value: 'x@y.example' }).emails,
    ).toEqual([{ type: 'work', value: 'x@y.example' }])
  })

  it('leaves the resource as it was when one operation can’t be done', () => {
    const before = structuredClone(bjensen)
    for (const wrong of [
      { op: 'replace', path: 'emails[type eq "other"].value', value: 'x' },
      { op: 'replace', path: 'id', value: 'x' },
      { op: 'remove' },
      { op: 'add', path: '][', value: 1 },
      { op: 'add', value: 'x' },
      { op: 'move', path: 'title' },
    ])
      expect(() => patch(bjensen, { op: 'replace', path: 'title', value: 'X' }, wrong)).toThrow(ScimTrouble)
    expect(bjensen).toEqual(before)
  })
})
