import { Refusal } from '../../../kernel/refusal.ts'
import { identifier, type Workbench } from '../../../platform/lake/duck.ts'
import type { UnitCount } from '../domain/funnel/funnel.ts'
import { enforceColumn, enforceNumbers, isMissing, number, openSource } from './source.ts'

export interface CountsAsk {
  readonly numerator: string
  readonly denominator: string
  readonly unit: string
}

/** Numerators and denominators of a file, added up by unit; rows with a missing value are left out. @throws Refusal */
export async function countsOfFile(
  bench: Workbench,
  file: string,
  { numerator, denominator, unit }: CountsAsk,
): Promise<{ units: UnitCount[]; dropped: number }> {
  const columns = await openSource(bench, file)
  for (const name of [numerator, denominator, unit]) enforceColumn(columns, name, file)
  await enforceNumbers(
    bench,
    [numerator, denominator].map((name) => ({ name, hint: '' })),
  )
  const whole = [numerator, denominator, unit].map((name) => `not ${isMissing(name)}`).join(' and ')
  const units = await bench.rows<{ unit: string; numerator: number; denominator: number }>(
    `select trim(${identifier(unit)}) as unit, sum(${number(numerator)}) as numerator, sum(${number(denominator)}) as denominator
     from source where ${whole} group by all order by unit`,
  )
  const [counts] = await bench.rows<{ dropped: number }>(
    `select count(*) filter (where not (${whole})) as dropped from source`,
  )
  if (units.length < 2)
    throw new Refusal(
      units.length === 1
        ? `All rows belong to one unit of “${unit}”: there is nothing to compare it with.`
        : 'No row has a value in every column that is asked for.',
    )
  const negative = units.find((one) => one.numerator < 0 || one.denominator <= 0)
  if (negative)
    throw new Refusal(
      `${negative.unit} has ${negative.numerator} of ${negative.denominator}: a funnel needs counts of 0 or more, of more than 0.`,
    )
  return { units, dropped: counts!.dropped }
}
