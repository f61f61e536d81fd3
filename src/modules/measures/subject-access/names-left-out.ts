import type { Viewer } from '../../../platform/viewer.ts'
import { namesKnown, type PupilPage } from '../../organisation/index.ts'
import { namesLeftOut } from './domain/leave-names-out.ts'
import type { HeldRow, Written } from './whole-record.ts'

/** A text of the record in which names were left out, or in which a word could be one. */
export interface TextCleared {
  /** `Results, 2026-spring` */
  readonly where: string
  readonly before: string
  readonly after: string
  readonly out: readonly string[]
  readonly look: readonly string[]
}

interface Texts {
  readonly pupil: PupilPage
  readonly held: readonly HeldRow[]
  readonly written: readonly Written[]
}

/** Columns of the lake that hold words which a school wrote. */
const written = new Set(['raw', 'form', 'reasons'])

/** The record with other people’s names left out, and each text that this changed or that somebody has to look at. */
export async function withoutOthers(
  viewer: Viewer,
  { pupil, held, written: words }: Texts,
  also: readonly string[],
): Promise<Texts & { readonly cleared: readonly TextCleared[] }> {
  const clear = namesLeftOut(pupil, await namesKnown(viewer, pupil.id), also)
  const cleared = new Map<string, TextCleared>()
  const of = (where: string, before: string): string => {
    const { text, out, look } = clear(before)
    if (out.length + look.length > 0)
      cleared.set(`${where}|${before}`, { where, before, after: text, out, look })
    return text
  }
  const result = {
    pupil: {
      ...pupil,
      classes: pupil.classes.map((one) => ({ ...one, name: of('Classes', one.name) })),
    },
    held: held.map((one) => ({
      ...one,
      row: Object.fromEntries(
        Object.entries(one.row).map(([name, value]) => [
          name,
          written.has(name) && typeof value === 'string' ? of(`${one.fact}, ${one.drop}`, value) : value,
        ]),
      ),
    })),
    written: words.map((one) => ({ ...one, words: of(one.what, one.words) })),
  }
  return { ...result, cleared: [...cleared.values()] }
}
