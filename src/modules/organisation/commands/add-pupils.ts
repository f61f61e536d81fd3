import { Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import { insertMany, takeIds } from '../../../platform/database/insert-many.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { CharacteristicKind } from '../domain/characteristics.ts'
import { groupBySchool, mustSend } from './must-send.ts'
import { describe, enrol, join, place } from './pupil-rows.ts'

export interface NewPupil {
  /** An id taken beforehand; given for all of them or for none. */
  readonly id?: number
  readonly school: number
  readonly upn?: string
  readonly localId?: string
  readonly surname?: string
  readonly forename?: string
  readonly born?: string
  /** First and last day on roll. */
  readonly from: string
  readonly to?: string | null
  readonly placements?: readonly { readonly academicYear: number; readonly yearGroup: string }[]
  readonly classes?: readonly { readonly class: number; readonly from: string; readonly to?: string | null }[]
  readonly characteristics?: readonly {
    readonly kind: CharacteristicKind
    readonly value: string
    readonly from: string
    readonly to?: string | null
  }[]
}

async function refuseKnownUpns(tx: Writing, trust: number, pupils: readonly NewPupil[]) {
  const upns = pupils.flatMap((pupil) => pupil.upn ?? [])
  if (new Set(upns).size < upns.length) {
    const twice = upns.find((upn, at) => upns.indexOf(upn) !== at)
    throw new Refusal(`The UPN ${twice} stands twice among the new pupils.`)
  }
  for (let start = 0; start < upns.length; start += 5_000) {
    const some = upns.slice(start, start + 5_000)
    const known = await tx
      .selectFrom('organisation.pupil')
      .select('upn')
      .where('trust_id', '=', trust)
      .where('upn', 'in', some)
      .union(
        tx
          .selectFrom('organisation.former_upn')
          .select('upn')
          .where('trust_id', '=', trust)
          .where('upn', 'in', some),
      )
      .limit(1)
      .executeTakeFirst()
    if (known) throw new Refusal(`A pupil with the UPN ${known.upn} is already known in the trust.`)
  }
}

/**
 * New pupils with where they are on roll, their year group, classes and characteristics, in one transaction. The answer:
 * their ids, in the order given. @throws Refusal when a UPN is known already or the viewer may not send for the school.
 */
export async function addPupils(viewer: Viewer, pupils: readonly NewPupil[]): Promise<number[]> {
  mustSend(viewer, new Set(pupils.map((pupil) => pupil.school)))
  if (pupils.length === 0) return []
  return write(viewer, async (tx) => {
    await refuseKnownUpns(tx, viewer.trust, pupils)
    const taken = pupils.flatMap((pupil) => pupil.id ?? [])
    const ids =
      taken.length === pupils.length
        ? taken
        : await takeIds(tx, 'organisation.pupil', 'pupil_id', pupils.length)
    const trust_id = viewer.trust
    try {
      await insertMany(
        tx,
        'organisation.pupil',
        {
          trust_id: 'integer',
          pupil_id: 'integer',
          upn: 'text',
          local_id: 'text',
          surname: 'text',
          forename: 'text',
          born: 'date',
        },
        pupils.map((pupil, at) => ({
          trust_id,
          pupil_id: ids[at]!,
          upn: pupil.upn ?? null,
          local_id: pupil.localId ?? null,
          surname: pupil.surname ?? '',
          forename: pupil.forename ?? '',
          born: pupil.born ?? null,
        })),
      )
    } catch (error) {
      if (/pupil_upn/.test((error as Error).message))
        throw new Refusal(
          'One of these pupils is on roll at another school of the trust. Ask the trust’s data lead to move them.',
        )
      throw error
    }
    await enrol(
      tx,
      trust_id,
      pupils.map((pupil, at) => ({ ...pupil, pupil: ids[at]! })),
    )
    await place(
      tx,
      trust_id,
      pupils.flatMap((pupil, at) =>
        (pupil.placements ?? []).map((placement) => ({
          ...placement,
          pupil: ids[at]!,
          school: pupil.school,
        })),
      ),
    )
    await join(
      tx,
      trust_id,
      pupils.flatMap((pupil, at) =>
        (pupil.classes ?? []).map((member) => ({ ...member, pupil: ids[at]!, school: pupil.school })),
      ),
    )
    await describe(
      tx,
      trust_id,
      pupils.flatMap((pupil, at) =>
        (pupil.characteristics ?? []).map((fact) => ({ ...fact, pupil: ids[at]!, school: pupil.school })),
      ),
    )
    for (const [school, many] of groupBySchool(pupils))
      await record(viewer, tx, {
        subject: 'organisation.pupil',
        id: ids[0]!,
        deed: 'added',
        school,
        detail: { pupils: many },
      })
    return ids
  })
}
