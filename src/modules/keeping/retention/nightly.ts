import { londonTime } from '../../../kernel/days.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import { founderOf, trustsHere } from '../../organisation/index.ts'
import { letGo } from './let-go.ts'
import { keepingRules } from './rules.ts'

const everyMinutes = 20

/** Lets go, in each trust that has decided so, of what is due. The answer is how many trusts let something go. */
export async function letGoTonight(house: House): Promise<number> {
  let many = 0
  for (const { id } of await trustsHere(house)) {
    const viewer = founderOf(house, id, 'The system, at night')
    if (!(await keepingRules(viewer)).nightly) continue
    try {
      await letGo(viewer, { nightly: true })
      many++
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return many
}

/** Looks at the clock while the server runs, and lets go once a night between two and four. The answer stops it. */
export function watchNights(house: House): () => void {
  let last = ''
  const look = async () => {
    const hour = Number(londonTime(house.clock.now()).slice(0, 2))
    const today = house.clock.today()
    if (hour < 2 || hour >= 4 || last === today) return
    last = today
    await letGoTonight(house)
  }
  const timer = setInterval(
    () => void look().catch((error) => house.log.error('letting go at night', error)),
    everyMinutes * 60_000,
  ).unref()
  return () => clearInterval(timer)
}
