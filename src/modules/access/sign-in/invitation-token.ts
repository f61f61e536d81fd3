import { createHash, randomBytes } from 'node:crypto'

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** The trust's number and a secret: whoever opens the link is not yet known to any trust. Only the hash is kept. */
export function newToken(trust: number): { token: string; hash: string } {
  const secret = randomBytes(24).toString('base64url')
  return { token: `${trust}-${secret}`, hash: hashOf(secret) }
}

export function readToken(token: string): { trust: number; hash: string } | undefined {
  const found = /^(\d{1,9})-([\w-]{32})$/.exec(token)
  return found ? { trust: Number(found[1]), hash: hashOf(found[2]!) } : undefined
}
