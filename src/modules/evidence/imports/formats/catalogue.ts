import type { Importer } from './contract.ts'
import { ctf } from './ctf/importer.ts'
import { eyfs } from './eyfs/importer.ts'
import { conduct, exclusions, registers } from './facts/importers.ts'
import { gias } from './gias/importer.ts'
import type { Seen } from './look.ts'
import { oneroster } from './oneroster/importer.ts'
import { questions } from './questions/importer.ts'

/** Every format that is more than a table with headings of the school’s own. */
export const importers: readonly Importer[] = [
  gias,
  oneroster,
  ctf,
  registers,
  conduct,
  exclusions,
  eyfs,
  questions,
]

/** The one whose file this is; none for a plain CSV or workbook, which `reading/` reads. */
export const importerOf = (seen: Seen): Importer | undefined =>
  importers.find((importer) => importer.recognises(seen))
