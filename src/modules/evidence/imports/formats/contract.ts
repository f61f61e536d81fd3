import type { Deed } from '../../../../kernel/roles.ts'
import type { Writing } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Seen } from './look.ts'

/** A row, or a cell of it, that does not go in: `rows` of a table count from 1 with the heading, of XML by its elements. */
export interface LeftOut {
  /** Which file of a package, or which part: `users.csv`. */
  readonly part?: string
  readonly row?: number
  readonly column?: string
  /** As it stands in the file. */
  readonly value: string
  /** The trouble, in a sentence that begins with a capital and ends with a full stop. */
  readonly why: string
}

/** What would happen to things of a kind: `{ what: 'pupil', added: 3, changed: 1, same: 20 }`. */
export interface Change {
  /** One of them, as `count()` takes it: `pupil`, `school`. */
  readonly what: string
  /** Several of them, where an s is not enough: `classes`. */
  readonly more?: string
  readonly added: number
  readonly changed: number
  readonly same: number
}

/** Results as a table, for the conversation about a file in a drop: it matches, checks, publishes and undoes them. */
export interface ResultsTable {
  /** Headings that `guessColumns` knows: `UPN`, `Surname`, `Forename`, `Assessment`, `Result`. */
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What a person wants of a delivery beside the file itself. */
export interface Wish {
  /** Whose file it is; null for a file of the whole trust. */
  readonly school: number | null
  /** Of a national file, only this group: its UID or name. */
  readonly only?: string
  /** What the file is called, without its ending: the name of a shared test. */
  readonly title?: string
}

/** What would go on record, worked out against what stands there. Making it changes nothing. */
export interface Plan {
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** Seals files of the lake aside, before the transaction; nothing of it is seen until `put` lists it. */
  readonly ready?: () => Promise<void>
  /** Puts all of it on record, or throws and nothing is. `viewer` takes part in the transaction, and so do commands given it. */
  readonly put: (viewer: Viewer, tx: Writing) => Promise<void>
}

/** A file once read, whole, without a database. A file is for the record, has results, or both. */
export interface FileRead {
  /** What it is, in a phrase: `OneRoster 1.2: 2 schools, 140 pupils, 12 classes`. */
  readonly says: string
  readonly notes: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** What its importer plans from: plain data, for it comes out of a thread of its own. None when it holds results alone. */
  readonly record?: unknown
  readonly results?: ResultsTable
}

/** One format that files come in. `formats/README.md` says what each must keep. `R` is what its files bring to the record. */
export interface Importer<R = never> {
  /** `gias`, kept with each delivery. */
  readonly code: string
  /** As people say it: `Extract of Get Information about Schools`. */
  readonly name: string
  /** What a viewer must be allowed to do, at the school or in the trust, to bring such a file in. */
  readonly right: Deed
  /** Is it one of these? By its first bytes and the names inside a ZIP, never by its own name. Must not throw. */
  readonly recognises: (seen: Seen) => boolean
  /** Reads all of it. @throws Refusal with what is wrong and what to do; nothing else. */
  readonly read: (seen: Seen) => Promise<FileRead>
  /** What the record of a file would change. @throws Refusal when the file is not for this school or trust. */
  readonly plan?: (viewer: Viewer, record: R, wish: Wish) => Promise<Plan>
}
