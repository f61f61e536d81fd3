import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { canSetDirection } from '../domain/can.ts'
import { templates } from '../domain/templates.ts'
import { purposeOn } from '../queries/purpose.ts'
import { setAim } from './aims.ts'
import { setPolicy } from './policies.ts'
import { say } from './statements.ts'

/** Fills an empty purpose from one of the starting points, all of it or none. @throws Refusal when something is said already. */
export async function beginFrom(viewer: Viewer, id: string): Promise<void> {
  enforce(canSetDirection(viewer))
  const template = templates.find((one) => one.id === id)
  if (!template) throw new NotHere('There is no such starting point.')
  await write(viewer, async (tx) => {
    const inside = within(viewer, tx)
    const purpose = await purposeOn(inside)
    if (purpose.aims.length > 0 || purpose.mission || purpose.values.length > 0)
      throw new Refusal(
        'Your trust has already said what it stands for. Change it there; a starting point is for an empty page.',
      )
    await say(inside, { kind: 'mission', words: template.mission })
    if (!purpose.vision) await say(inside, { kind: 'vision', words: template.vision })
    for (const value of template.values) await say(inside, { kind: 'value', ...value })
    for (const aim of template.aims) await setAim(inside, aim)
    for (const policy of template.policies) await setPolicy(inside, policy)
  })
}
