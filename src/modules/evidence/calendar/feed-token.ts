import { createHash, randomBytes } from 'node:crypto'

/** A secret address: the trust's number, so that its record can be opened, and 192 bits that only the owner knows. */
export const newToken = (trust: number): string => `${trust}-${randomBytes(24).toString('base64url')}`

export const tokenTrust = (token: string): number | undefined => {
  const found = /^([1-9]\d{0,8})-[\w-]{32}$/.exec(token)
  return found ? Number(found[1]) : undefined
}

/** What the record keeps: who reads the record can't read the feed. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')
