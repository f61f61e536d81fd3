import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { founderOf } from '../../organisation/index.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import { sendInvitation } from './invite.ts'

const job = 'access.invitation'

/** Sends invitations that were asked for in numbers, one after another. */
export const handleInvitations = (house: House): Promise<void> =>
  house.jobs.handle<{ invited: number }>(job, async ({ trust, person, data }) => {
    const viewer = person
      ? await viewerOf(house, trust, person)
      : founderOf(house, trust, 'The trust’s data team')
    const { notSent } = await sendInvitation(viewer, data.invited)
    if (notSent) throw new Error('An invitation could not be sent yet.')
  })

/** Has these people invited by e-mail, outside the request; a mail server that is down is tried again. Never inside a transaction. */
export async function inviteSoon(viewer: Viewer, people: readonly number[]): Promise<void> {
  for (const invited of people) await viewer.house.jobs.start(viewer, job, { invited })
}
