import { academicYearOf } from '../../../../../kernel/academic-year.ts'
import { dayName, isDay } from '../../../../../kernel/days.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import type { Viewer } from '../../../../../platform/viewer.ts'
import { type School, schools } from '../../../../organisation/index.ts'
import type { Wish } from '../contract.ts'
import { laestabOf } from './pupils.ts'
import { blockAt, type CtfTree, textAt } from './tree.ts'

/** The academic year that a CTF says it is of, by the year in which it starts. */
export function academicYearIn(tree: CtfTree): number | undefined {
  const said = textAt(blockAt(blockAt(tree, 'Header'), 'SourceSchool'), 'AcademicYear')
  return /^(19|20)\d\d$/.test(said) ? Number(said) : undefined
}

export interface PlacedTransfer {
  readonly school: School
  /** On which the file was made: what it says without a day holds from then. */
  readonly day: string
  readonly academicYear: number
  readonly notes: readonly string[]
}

/**
 * Whose CTF it is: of the school that it is sent to, or, where that is none of the trust’s, of the school that wrote it.
 * @throws Refusal for a CTF of another school than the one that brings it in.
 */
export async function placeTransfer(viewer: Viewer, tree: CtfTree, wish: Wish): Promise<PlacedTransfer> {
  const header = blockAt(tree, 'Header')
  const [source, dest] = [blockAt(header, 'SourceSchool'), blockAt(header, 'DestSchool')]
  const ours = await schools(viewer)
  const of = (block: CtfTree | undefined) => {
    const [laestab, urn] = [laestabOf(block), textAt(block, 'URN')]
    return ours.find(
      (one) => (laestab.length === 7 && one.laestab === laestab) || (urn !== '' && one.urn === urn),
    )
  }
  const said = (block: CtfTree | undefined) => {
    const number = [textAt(block, 'LEA'), textAt(block, 'Estab')].filter(Boolean).join('/').slice(0, 20)
    return [textAt(block, 'SchoolName').slice(0, 60), number].filter(Boolean).join(', ') || 'no school'
  }
  const meant = of(dest) ?? of(source)
  const asked = wish.school === null ? undefined : ours.find(({ id }) => id === wish.school)
  if (asked && meant?.id !== asked.id)
    throw new Refusal(
      `This CTF is for another school: it goes from ${said(source)} to ${said(dest)}, and ${asked.name} is ${asked.laestab ? `${asked.laestab.slice(0, 3)}/${asked.laestab.slice(3)}` : 'without a LAESTAB on record'}. Send it to the school it is for.`,
    )
  if (!meant)
    throw new Refusal(
      `This CTF goes from ${said(source)} to ${said(dest)}, and neither is a school of the trust. Schools are recognised by their LAESTAB.`,
    )
  const written = textAt(header, 'DateTime').slice(0, 10)
  const day = isDay(written) && written <= viewer.today ? written : viewer.today
  return {
    school: meant,
    day,
    academicYear: academicYearOf(viewer.today),
    notes: [
      `From ${said(source)} to ${said(dest)}: read for ${meant.name}.`,
      ...(day < viewer.today
        ? [`The file was made on ${dayName(day)}; what it says without a day holds from then.`]
        : []),
    ],
  }
}
