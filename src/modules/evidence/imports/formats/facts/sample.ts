/** UPNs of two pupils of Saltmarsh in the tests’ world are filled in by whoever makes the file. */
const lines = (...rows: string[]) => Buffer.from(`${rows.join('\r\n')}\r\n`)

export const registerDays = (upns: readonly string[]): Buffer =>
  lines(
    'UPN,Date,AM,PM',
    ...upns.flatMap((upn) => [`${upn},2026-01-12,/,\\`, `${upn},2026-01-13,L,I`, `${upn},2024-01-15,J,V`]),
  )

export const registerSummary = (upns: readonly string[]): Buffer =>
  lines('UPN,/,\\,L,I,U,Y4', ...upns.map((upn) => `${upn},100,98,3,8,1,2`))

export const conductEvents = (upns: readonly string[]): Buffer =>
  lines(
    'UPN,Date,Event,Points',
    ...upns.flatMap((upn) => [`${upn},2026-01-12,Praise,1`, `${upn},2026-01-14,Behaviour,-1`]),
  )

export const exclusionEvents = (upns: readonly string[]): Buffer =>
  lines(
    'UPN,Start date,Category,Reason 1,Reason 2',
    `${upns[0]},2026-01-20,SUSP,PP,DB`,
    `${upns[0]},2026-02-03,LNCH,DB,`,
  )
