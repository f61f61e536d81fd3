import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import { demoPeople } from '../queries/demo-people.ts'
import { openAccount } from './accounts.ts'
import { authOf } from './auth.ts'
import { enter, type Visit, visitHeaders } from './sign-in.ts'

/**
 * Signs in as one of the demo's people without a password.
 * @throws NotHere outside the demo, and for anybody who is not one of its people.
 */
export async function signInDemo(
  house: House,
  who: { trust: number; person: number },
  visit: Visit,
): Promise<readonly string[]> {
  const found = (await demoPeople(house))
    .flatMap((group) => group.people)
    .find((one) => one.trust === who.trust && one.person === who.person)
  if (!found) throw new NotHere()
  const { email } = await openAccount(house, found)
  const api = authOf(house).api
  if (!('signInDemo' in api)) throw new NotHere()
  const { headers } = await api.signInDemo({
    body: { email },
    headers: visitHeaders(visit),
    returnHeaders: true,
  })
  if (!(await enter(house, email, 'signed in'))) throw new NotHere()
  return headers.getSetCookie()
}
