import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHouse } from '../../../../../test/database.ts'
import { makeWorld, type World } from '../../../../../test/world.ts'
import { NotHere, Refusal } from '../../../../kernel/refusal.ts'
import { read, within, write } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { planFile, titled } from '../../deliveries/plan-file.ts'
import { bringIn, changesAnything, deliveries, delivery, putIn, setAside } from '../../index.ts'
import { samples } from './samples.ts'

let house: Awaited<ReturnType<typeof openTestHouse>>
let world: World

/** Everything that a delivery may put on record, as text. */
const standing = (viewer: Viewer) =>
  read(viewer, async (db) => {
    const tables = [
      'organisation.trust',
      'organisation.school',
      'organisation.school_predecessor',
      'organisation.membership',
      'organisation.person',
      'organisation.class',
      'organisation.class_teacher',
      'organisation.class_member',
      'organisation.pupil',
      'organisation.enrolment',
      'organisation.year_placement',
      'organisation.characteristic',
      'evidence.lake_file',
      'evidence.paper',
      'evidence.paper_question',
      'evidence.question_mark',
    ] as const
    const found: string[] = []
    for (const table of tables)
      found.push(
        ...(await db.selectFrom(table).selectAll().execute()).map((row) => JSON.stringify(row)).sort(),
      )
    return found.join('\n')
  })

const wishOf = (school: keyof World['schools'] | undefined) => ({
  school: school ? world.schools[school] : null,
})

describe.each(samples.filter(({ results }) => !results))(
  '$importer: $name',
  ({ name, bytes, school: of }) => {
    // A world for each: two files of one format may be of the same pupils.
    beforeAll(async () => {
      house = await openTestHouse()
      world = await makeWorld(house)
    })
    afterAll(() => house.close())

    const wish = () => titled(wishOf(of), name)
    const keep = async () => ({ name, ...(await house.files.keep(bytes)) })

    it('is planned without changing anything', async () => {
      const before = await standing(world.founder)
      const { planned } = await planFile(world.founder, (await keep()).sha256, wish())
      expect(changesAnything(planned)).toBe(true)
      expect(await standing(world.founder)).toBe(before)
    })

    it('changes nothing for a stranger, or for somebody without the right', async () => {
      const upload = await keep()
      const before = await standing(world.founder)
      for (const viewer of [world.stranger, world.people.helen!()]) {
        const id = await bringIn(viewer, { upload, wish: wish() }).catch((error) => error)
        if (typeof id === 'number') expect(viewer.trust).not.toBe(world.trust)
        else expect(id).toBeInstanceOf(Refusal)
      }
      expect(await standing(world.founder)).toBe(before)
    })

    it('goes in whole or not at all', async () => {
      const before = await standing(world.founder)
      const { plan } = await planFile(world.founder, (await keep()).sha256, wish())
      await plan.ready?.()
      const broken = write(world.founder, async (tx) => {
        await plan.put(within(world.founder, tx), tx)
        throw new Error('the light went out')
      })
      await expect(broken).rejects.toThrow('the light went out')
      expect(await standing(world.founder)).toBe(before)
    })

    it('goes in once: a second time nothing changes, and a stranger can’t see it', async () => {
      const upload = await keep()
      const id = await bringIn(world.founder, { upload, wish: wish() })
      await expect(delivery(world.stranger, id)).rejects.toThrow(NotHere)
      await expect(putIn(world.stranger, id)).rejects.toThrow(NotHere)
      await expect(setAside(world.stranger, id)).rejects.toThrow(NotHere)
      expect((await deliveries(world.stranger)).filter((one) => one.id === id)).toEqual([])
      await putIn(world.founder, id)
      const after = await standing(world.founder)
      await expect(putIn(world.founder, id)).rejects.toThrow('put in already')
      const { planned } = await planFile(world.founder, upload.sha256, wish())
      expect(planned.changes.map(({ added, changed }) => added + changed)).toEqual(
        planned.changes.map(() => 0),
      )
      expect(await standing(world.founder)).toBe(after)
    })
  },
)
