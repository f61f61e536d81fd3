/** The words of an import: what was found in the file, what each column is, what is wrong, what was chosen. */

/** What a column of a file can be. `result:CODE` is a column of results of one assessment (a wide file). */
export const plainTargets = [
  'upn',
  'local id',
  'surname',
  'forename',
  'name',
  'date of birth',
  'sex',
  'year group',
  'class',
  'school',
  'assessment',
  'subject',
  'result',
  'possible sessions',
  'attended sessions',
  'authorised absence',
  'unauthorised absence',
  'ethnicity',
  'first language',
  'sen provision',
  'sen need',
  'fsm',
  'fsm6',
  'pupil premium',
  'looked after',
  'ks2 reading',
  'ks2 mathematics',
  'leave out',
] as const
export type PlainTarget = (typeof plainTargets)[number]
export type Target = PlainTarget | `result:${string}`

export const targetNames: Record<PlainTarget, string> = {
  upn: 'UPN',
  'local id': 'School’s own pupil number',
  surname: 'Surname',
  forename: 'Forename',
  name: 'Whole name',
  'date of birth': 'Date of birth',
  sex: 'Sex',
  'year group': 'Year group',
  class: 'Class',
  school: 'School',
  assessment: 'Which assessment',
  subject: 'Which subject',
  result: 'The result',
  'possible sessions': 'Attendance: possible sessions',
  'attended sessions': 'Attendance: sessions attended',
  'authorised absence': 'Attendance: authorised absence',
  'unauthorised absence': 'Attendance: unauthorised absence',
  ethnicity: 'Ethnicity',
  'first language': 'First language',
  'sen provision': 'SEN provision',
  'sen need': 'SEN need',
  fsm: 'Free school meals',
  fsm6: 'Free school meals in the last six years',
  'pupil premium': 'Pupil premium',
  'looked after': 'Looked after',
  'ks2 reading': 'Key stage 2 reading',
  'ks2 mathematics': 'Key stage 2 mathematics',
  'leave out': 'Left out',
}

/** One column of the file, in the file's order. */
export interface FileColumn {
  /** From 0. */
  readonly index: number
  /** As a spreadsheet letters it: `A`, `AB`. */
  readonly letter: string
  /** The heading as it stands in the file, or `Column C` where there is none. */
  readonly heading: string
  /** Up to three different values that it holds. */
  readonly examples: readonly string[]
  /** Cells that hold anything. */
  readonly filled: number
}

/** How a raw file was read. */
export interface Reading {
  readonly kind: 'csv' | 'xlsx'
  /** `Windows text (1252)`, `UTF-8`, `Excel workbook`. */
  readonly encoding: string
  readonly delimiter?: ',' | ';' | '\t' | '|'
  readonly sheet?: string
  readonly sheets?: readonly string[]
  /** The file's own row number of the heading, counting from 1; undefined where there is none. */
  readonly headingRow?: number
  /** Rows of data, without the heading and blank rows. */
  readonly rows: number
  /** Cells that a row should have: those of the heading, or of most rows. */
  readonly width: number
  readonly columns: readonly FileColumn[]
  /** What was noticed on the way, a sentence each. */
  readonly notes: readonly string[]
}

export interface Mapping {
  /** By column index: what each column is. Columns that are not named are left out. */
  readonly columns: Readonly<Record<number, Target>>
  /** Results of these assessments that are not in this file are taken out: the file is the whole truth. */
  readonly replace?: boolean
  /** In a long file: what the texts of the assessment column mean, by the text as it stands. */
  readonly assessments?: Readonly<Record<string, string>>
}

/** Where a guess about a column comes from. `new: was Writing TA` when the school's column has a new heading. */
export type GuessFrom =
  | 'remembered'
  | `new: was ${string}`
  | 'guessed from heading'
  | 'guessed from values'
  | 'chosen'
  | 'not recognised'

export interface ColumnGuess {
  readonly index: number
  readonly target: Target
  readonly from: GuessFrom
}

export const problemKinds = [
  'school unknown',
  'assessment unknown',
  'upn',
  'pupil unknown',
  'pupil ambiguous',
  'pupil disagrees',
  'pupil twice',
  'same number',
  'result',
  'attendance',
  'date',
  'characteristic',
  'ragged',
] as const
export type ProblemKind = (typeof problemKinds)[number]

export interface Choice {
  readonly value: string
  readonly label: string
}

/** Something in the file that needs a person. One problem may cover several rows that say the same. */
export interface Problem {
  /** Stable for the same file and columns: answers are kept under it. */
  readonly key: string
  readonly kind: ProblemKind
  /** The file's own row number of the first row, counting the heading as row 1. */
  readonly row: number
  /** How many rows say the same, this one included. */
  readonly rows: number
  /** The heading of the column in question, or the columns. */
  readonly column: string
  /** What the file says there, unchanged. */
  readonly value: string
  /** The trouble, in a sentence or two. */
  readonly why: string
  readonly choices: readonly Choice[]
  /** The choice that we would make. */
  readonly suggestion?: string
  /** The choice that was made. */
  readonly answer?: string
}

/** All problems of a kind: how many, how many are still open, and the first of them. */
export interface ProblemGroup {
  readonly kind: ProblemKind
  /** `Pupils we don’t know` */
  readonly title: string
  readonly count: number
  readonly open: number
  readonly problems: readonly Problem[]
  /** What can be chosen for all of the kind at once. */
  readonly forAll: readonly Choice[]
}

/** By problem key, or `all:KIND`: the value of a choice. */
export type Answers = Readonly<Record<string, string>>

/** Something noticed with nothing to do: `“A” in reading, rows 8 and 33, is kept as absent, never as 0.` */
export interface Note {
  readonly sentence: string
  readonly rows: readonly number[]
}

export interface Counts {
  readonly rows: number
  /** Rows taken whole. */
  readonly accepted: number
  /** Results, and lines of attendance, that would be new, other than before, or gone. */
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly unchanged: number
  /** Rows that wait for an answer. */
  readonly unplaced: number
  /** Rows left out by choice. */
  readonly leftOut: number
  readonly pupils: { readonly matched: number; readonly new: number; readonly missing: number }
  readonly attendance: number
  readonly schools: number
}

/** The dry run: what would happen, counted against what stood at that moment. */
export interface Checked {
  readonly at: string
  /** The latest snapshot then. */
  readonly snapshot: number
  /** Lake files of this drop and these schools that the counts stand on. */
  readonly base: readonly number[]
  /** The schools that it touches. */
  readonly schools: readonly number[]
  readonly counts: Counts
  readonly groups: readonly ProblemGroup[]
  readonly notes: readonly Note[]
  /** Pupils on roll in the file’s year groups who are not in it: the first of them by name. */
  readonly missing: readonly string[]
  /** Pupils whom the publish added, so that an undo can take them away again. */
  readonly addedPupils?: readonly number[]
  /** Pupils whom the trust knew and who came on roll with this file. */
  readonly placedPupils?: readonly {
    readonly pupil: number
    readonly school: number
    readonly from: string
  }[]
}

/** A cell or row that does not go in, as the command line prints it. */
export interface Rejected {
  readonly file: string
  readonly row: number
  readonly column: string
  readonly value: string
  readonly why: string
}
