import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { upnTrouble } from '../../../kernel/upn.ts'
import { may } from '../../../kernel/viewer.ts'
import { within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../../access/index.ts'
import { pupilById, revisePupils } from '../../organisation/index.ts'

export interface Identity {
  readonly forename: string
  readonly surname: string
  readonly upn: string
  readonly why: string
}

/** The school at which the pupil is, or was last, if this viewer keeps its roll. */
export const schoolThatCorrects = (
  viewer: Viewer,
  enrolments: readonly { readonly school: number }[],
): number | undefined => enrolments.find(({ school }) => may(viewer, 'send results', { school }))?.school

/**
 * Puts a name or a UPN right, with the reason. No figure moves: the lake knows pupils by our own number.
 * @throws Refusal in a sentence, with nothing changed. @throws NotHere
 */
export async function correctIdentity(viewer: Viewer, pupil: number, now: Identity): Promise<void> {
  const before = await pupilById(viewer, pupil)
  const school = schoolThatCorrects(viewer, before.enrolments)
  if (school === undefined) throw new NotHere()
  const [forename, surname, upn] = [now.forename.trim(), now.surname.trim(), now.upn.trim().toUpperCase()]
  if (!forename || !surname) throw new Refusal('A pupil has a forename and a surname.')
  if (upn !== (before.upn ?? '')) {
    const trouble = upn ? upnTrouble(upn) : 'A UPN can be put right, but not taken away.'
    if (trouble) throw new Refusal(trouble)
  }
  const changed = [
    ...(forename === before.forename ? [] : ['forename']),
    ...(surname === before.surname ? [] : ['surname']),
    ...(upn === (before.upn ?? '') ? [] : ['UPN']),
  ]
  if (changed.length === 0) throw new Refusal('Nothing is different from what is recorded.')
  if (now.why.trim().length < 10) throw new Refusal('Say in a sentence why it changes: it is kept.')
  await write(viewer, async (tx) => {
    await revisePupils(within(viewer, tx), [
      { pupil, school, forename, surname, ...(changed.includes('UPN') ? { upn } : {}) },
    ])
    await auditIn(viewer, tx, {
      deed: 'corrected record',
      subject: 'organisation.pupil',
      id: pupil,
      school,
      detail: { what: changed.join(', '), why: now.why.trim() },
    })
  })
}
