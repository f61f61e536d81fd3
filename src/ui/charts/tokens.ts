/** The light tokens, as `client/styles/_tokens.scss` holds them (a test compares the two): for pictures that leave the page. */
export const tokens: Readonly<Record<string, string>> = {
  paper: '#fbf9f3',
  sunk: '#f4f0e6',
  ink: '#1b1a17',
  'ink-2': '#57524a',
  'ink-3': '#7c766a',
  rule: '#dad4c6',
  range: '#e9e3d5',
  data: '#0e4d5c',
  'data-quiet': '#7c766a',
  'line-trust': '#1b1a17',
  'line-national': '#57524a',
  better: '#0e4d5c',
  expected: '#57524a',
  below: '#9f3a17',
  unsure: '#57524a',
}
