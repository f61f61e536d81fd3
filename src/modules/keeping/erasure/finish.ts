import { dayName, londonDay } from '../../../kernel/days.ts'
import { read, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { founderOf, pupilMarks, trustsHere } from '../../organisation/index.ts'
import { afterwards, eraseNow } from './erase-pupil.ts'
import { type Erased, marksOf, readErased } from './erasure-list.ts'

/**
 * At every start, and after a restore: bytes that were to leave the disk leave it, and pupils who were erased after the
 * backup was made are erased again. The answer is how many were.
 */
export async function finishLettingGo(house: House): Promise<number> {
  let again = 0
  const listed = readErased(house)
  for (const { id, slug } of await trustsHere(house)) {
    const viewer = founderOf(house, id, 'The system')
    await afterwards(viewer)
    for (const one of listed.filter(({ trust }) => trust === slug)) if (await eraseAgain(viewer, one)) again++
  }
  return again
}

/** Each line of the list is gone through once, whether the pupil was there or not: numbers given out later are other pupils’. */
async function eraseAgain(viewer: Viewer, listed: Erased): Promise<boolean> {
  const known = await read(viewer, (db) =>
    db
      .selectFrom('keeping.erasure')
      .select('marks')
      .where('trust_id', '=', viewer.trust)
      .where('pupil_id', '=', listed.pupil)
      .execute(),
  )
  if (known.some(({ marks }) => marks.join() === listed.marks.join())) return false
  const reason = `Done again after an older backup was restored; first done on ${dayName(londonDay(new Date(listed.at)))}.`
  const [who] = await pupilMarks(viewer, [listed.pupil])
  const same = who && marksOf(viewer.house, who).some((mark) => listed.marks.includes(mark))
  if (same) {
    await eraseNow(viewer, [who], { reason, figures: listed.figures, again: true, marks: listed.marks })
    return true
  }
  await write(viewer, (tx) =>
    tx
      .insertInto('keeping.erasure')
      .values({
        trust_id: viewer.trust,
        pupil_id: listed.pupil,
        at: viewer.house.clock.now(),
        person_id: null,
        reason: `${reason} The backup did not hold this pupil.`,
        figures: listed.figures,
        went: '{}',
        marks: listed.marks,
        again: true,
      })
      .execute(),
  )
  return false
}
