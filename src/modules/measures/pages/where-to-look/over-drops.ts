import { may } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { sealedScan } from '../../scan/scan-work.ts'
import type { Gap } from '../../scan/sealed-scan.ts'
import type { DropSeen } from '../setting.ts'
import type { LookFinding, LookPage } from './query.ts'

/** The same place and group at a drop: its gap, or none where there were too few pupils to tell. */
export interface AtDrop {
  readonly drop: DropSeen
  readonly gap?: Gap
  /** The drop that the page is about. */
  readonly here: boolean
}

const most = 6

/** Where a year group or class is part of what was found, other years are other pupils. */
const ofOneYear = ({ year, class: form }: LookFinding): boolean => year !== undefined || form !== undefined

/**
 * A finding at the drops before and after it that were looked through, oldest first: what became of it. Of a group only for those who see
 * small groups, because how many are not of it is known for its own drop alone.
 */
export async function overDrops(viewer: Viewer, page: LookPage, finding: LookFinding): Promise<AtDrop[]> {
  const { drop, setting } = page
  if (!drop || (finding.groups.length > 0 && !may(viewer, 'see small groups', { school: finding.at.id })))
    return []
  const wanted = setting.drops
    .filter(
      (one) => one.kind === drop.kind && (!ofOneYear(finding) || one.academicYear === drop.academicYear),
    )
    .toSorted((one, other) => one.asAt.localeCompare(other.asAt))
  const here = wanted.findIndex(({ id }) => id === drop.id)
  const from = Math.max(0, Math.min(here - 2, wanted.length - most))
  const found = await Promise.all(
    wanted.slice(from, from + most).map(async (one): Promise<AtDrop[]> => {
      const scan = await sealedScan(viewer, one, one.id === drop.id ? setting.snapshot : setting.latest)
      if (!scan?.measures.some(({ id }) => id === finding.measure.id)) return []
      const gap = scan.gaps.get(finding.key)
      return [{ drop: one, ...(gap ? { gap } : {}), here: one.id === drop.id }]
    }),
  )
  return found.flat()
}
