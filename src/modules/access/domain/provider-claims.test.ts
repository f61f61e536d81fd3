import { describe, expect, it } from 'vitest'
import { belongsHere, type Claims, subjectOf, vouchedEmail } from './provider-claims.ts'

const tenant = '7d3d2b4e-6f43-4b9e-9c53-1f7f5a2f6c01'
const claims = (rest: Partial<Claims>): Claims => ({ sub: 's-1', ...rest })

describe('whom a provider means', () => {
  it.each([
    ['microsoft', tenant, { tid: tenant }, true],
    ['microsoft', tenant, { tid: tenant.toUpperCase() }, true],
    ['microsoft', tenant, { tid: '9188040d-6c67-4c5b-b112-36a304b66dad' }, false],
    ['microsoft', tenant, {}, false],
    ['microsoft', tenant, { tid: tenant, idp: 'live.com' }, false],
    ['google', 'tidewell.example', { hd: 'Tidewell.example' }, true],
    ['google', 'tidewell.example', { hd: 'other.example' }, false],
    // Somebody's own Google account has no domain, whatever its address.
    ['google', 'tidewell.example', { email: 'ruth@tidewell.example', email_verified: true }, false],
  ] as const)('%s of %s with %o belongs here: %s', (kind, own, said, ok) => {
    expect(belongsHere(kind, own, claims(said)).ok).toBe(ok)
  })

  it.each([
    ['google', { email: 'Ruth@T.example', email_verified: true }, 'ruth@t.example'],
    ['google', { email: 'ruth@t.example', email_verified: false }, undefined],
    ['google', { email: 'ruth@t.example' }, undefined],
    ['microsoft', { email: 'ruth@t.example' }, undefined],
    ['microsoft', { email: 'ruth@t.example', xms_edov: true }, 'ruth@t.example'],
    ['microsoft', { email: 'ruth@t.example', xms_edov: '0' }, undefined],
    ['microsoft', { email: 'head@t.example', preferred_username: 'eve@t.example' }, 'eve@t.example'],
    ['microsoft', { preferred_username: 'ruth_gmail.com#EXT#@t.example' }, undefined],
    ['microsoft', { preferred_username: 'ruth@t.example', email_verified: false }, undefined],
  ] as const)('%s that says %o vouches for %s', (kind, said, email) => {
    expect(vouchedEmail(kind, claims(said))).toBe(email)
  })

  it('knows a Microsoft account by its object, whichever application asks', () => {
    expect(subjectOf('microsoft', claims({ oid: 'o-1' }))).toBe('o-1')
    expect(subjectOf('google', claims({ oid: 'o-1' }))).toBe('s-1')
  })
})
