/** How many recovery codes somebody is given at a time. */
export const codesGiven = 10

/** Letters and figures that are not mistaken for each other on paper. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Ten signs in two groups, `k7mqp-x2f9r`, from as many random bytes: 49 bits. */
export const recoveryCode = (random: Uint8Array): string => {
  const letters = [...random.slice(0, 10)].map((byte) => signs[byte % signs.length]!)
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}

/** A code as typed, in any case and with any spaces: six figures of the app, a recovery code, or neither. */
export function readCode(typed: string): { kind: 'app' | 'recovery'; code: string } | undefined {
  const plain = typed.toLowerCase().replace(/[\s-]/g, '')
  if (/^\d{6}$/.test(plain)) return { kind: 'app', code: plain }
  if (plain.length === 10 && [...plain].every((sign) => signs.includes(sign)))
    return { kind: 'recovery', code: `${plain.slice(0, 5)}-${plain.slice(5)}` }
  return undefined
}
