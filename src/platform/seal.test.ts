import { describe, expect, it } from 'vitest'
import { seal, unseal } from './seal.ts'

const secret = 'a secret of thirty-two characters'

describe('a sealed text', () => {
  it('opens with the same secret and purpose, and differs each time', () => {
    const once = seal(secret, 'client secret', 'q7~Straße')
    expect(unseal(secret, 'client secret', once)).toBe('q7~Straße')
    expect(seal(secret, 'client secret', 'q7~Straße')).not.toBe(once)
  })

  it('opens with no other secret, for no other purpose, and not when it was changed', () => {
    const sealed = seal(secret, 'client secret', 'q7')
    expect(unseal(`${secret}!`, 'client secret', sealed)).toBeUndefined()
    expect(unseal(secret, 'authenticator', sealed)).toBeUndefined()
    expect(unseal(secret, 'client secret', `${sealed.slice(0, -2)}AA`)).toBeUndefined()
    expect(unseal(secret, 'client secret', '')).toBeUndefined()
  })
})
