/** The modules in the order in which they may know each other: each imports only those before it, by their front doors. */
export const order = [
  'organisation',
  'access',
  'evidence',
  'measures',
  'purpose',
  'improvement',
  'keeping',
] as const
