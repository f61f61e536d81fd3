import type { Role } from '../../kernel/roles.ts'
import type { House } from '../../platform/house.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { addPerson, addSchool, addTrust, founderOf } from '../organisation/index.ts'
import { giveRole } from './commands/give-role.ts'
import type { RolePlace } from './domain/role-places.ts'
import { viewerOf } from './queries/viewer-of.ts'
import { openAccount } from './sign-in/accounts.ts'

export const passphrase = 'three herons at low tide'

/** Two small trusts: Tidewell with Saltmarsh and Gull Rock, and a stranger's. */
export async function exampleTrust(house: House, slug: 'tidewell' | 'farfield' = 'tidewell') {
  const name = slug === 'tidewell' ? 'Tidewell Learning Trust' : 'Farfield Trust'
  const trust = await addTrust(house, { slug, name, vision: 'Every child a reader.' })
  const founder = founderOf(house, trust)
  const urns = slug === 'tidewell' ? ['199001', '199002'] : ['188001', '188002']
  const [saltmarsh, gullRock] = [
    await addSchool(founder, { urn: urns[0]!, name: 'Saltmarsh Primary School', phase: 'primary', shortName: 'Saltmarsh' }),
    await addSchool(founder, { urn: urns[1]!, name: 'Gull Rock Primary School', phase: 'primary', shortName: 'Gull Rock' }),
  ] as const
  /** Someone with a post, a role, and an account with the example's passphrase. */
  const someone = async (who: string, role: Role, place: RolePlace = { node: 'trust' }, to: string | null = null): Promise<Viewer> => {
    const email = `${who.toLowerCase().replaceAll(' ', '.')}@${slug}.example`
    const person = await addPerson(founder, {
      name: who,
      email,
      title: role,
      ...('school' in place ? { school: place.school } : {}),
      from: '2024-09-01',
    })
    await giveRole(founder, { person, role, place, from: '2024-09-01', to })
    await openAccount(house, { trust, person, name: who, email }, passphrase)
    return await viewerOf(house, trust, person)
  }
  return { trust, founder, saltmarsh, gullRock, someone }
}
