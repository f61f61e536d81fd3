import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import { demoPeople } from '../queries/demo-people.ts'
import { openAccount } from './accounts.ts'
import { openSession, type Visit } from './open-session.ts'

/**
 * Signs in as one of the demo's people without a password.
 * @throws NotHere outside the demo, and for anybody who is not one of its people.
 */
export async function signInDemo(
  house: House,
  who: { trust: number; person: number },
  visit: Visit,
): Promise<readonly string[]> {
  if (!house.config.demo) throw new NotHere()
  const found = (await demoPeople(house))
    .flatMap((group) => group.people)
    .find((one) => one.trust === who.trust && one.person === who.person)
  if (!found) throw new NotHere()
  const entered = await openSession(
    house,
    await openAccount(house, found),
    { way: 'demo', steps: 'one' },
    visit,
  )
  if (!entered) throw new NotHere()
  return entered.cookies
}
