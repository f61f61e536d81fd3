import { Refusal } from '../../../../kernel/refusal.ts'
import { type YearGroup, yearGroupOrder, yearGroups } from '../../../../kernel/year-group.ts'

const known = (text: string): YearGroup | undefined => {
  const name = text
    .replace(/^y(ear)?\s*/i, '')
    .replace(/^reception$/i, 'R')
    .toUpperCase()
  return yearGroups.find((year) => year === name)
}

/** Year groups as people type them: `4, 6`, `R to 2`, `3-6`. @throws Refusal naming what is none. */
export function yearList(text: string): YearGroup[] {
  const parts = text.split(/[,;]| and /).map((part) => part.trim())
  const years = parts.filter(Boolean).flatMap((part) => {
    const [from, to, more] = part.split(/\s*(?:-|–|\bto\b)\s*/i)
    const [start, end] = [known(from ?? ''), known(to ?? from ?? '')]
    if (!start || !end || more !== undefined || yearGroupOrder(start) > yearGroupOrder(end))
      throw new Refusal(`“${part}” is not a year group. Write 4, or 3 to 6, or R.`)
    return yearGroups.slice(yearGroupOrder(start), yearGroupOrder(end) + 1)
  })
  return [...new Set(years)].sort((a, b) => yearGroupOrder(a) - yearGroupOrder(b))
}

/** `['3','4','5','6']` → `3 to 6` */
export function yearListName(years: readonly string[]): string {
  const orders = [...new Set(years)].map(yearGroupOrder).sort((a, b) => a - b)
  const runs: number[][] = []
  for (const order of orders) {
    const last = runs.at(-1)
    if (last && order === last.at(-1)! + 1) last.push(order)
    else runs.push([order])
  }
  return runs
    .map((run) =>
      run.length > 2
        ? `${yearGroups[run[0]!]} to ${yearGroups[run.at(-1)!]}`
        : run.map((order) => yearGroups[order]).join(', '),
    )
    .join(', ')
}
