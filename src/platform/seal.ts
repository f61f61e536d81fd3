import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const keyOf = (secret: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, 'throughline', purpose, 32))

/** Text that only a house with this secret can read again (AES-256-GCM). `purpose` ties it to its use, so that it opens nowhere else. */
export function seal(secret: string, purpose: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** What was sealed; nothing when the secret is another, the purpose is, or it was changed. */
export function unseal(secret: string, purpose: string, sealed: string): string | undefined {
  const whole = Buffer.from(sealed, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), whole.subarray(0, 12))
    decipher.setAuthTag(whole.subarray(12, 28))
    return Buffer.concat([decipher.update(whole.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
