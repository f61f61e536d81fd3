import type { Answers } from '../domain/words.ts'

/** What is asked of a file: the parts of `evidence.file_work` that differ by deed. */
export type FileWish =
  | {
      readonly deed: 'read'
      readonly sha256: string
      readonly bytes: number
      readonly again?: boolean
      readonly sheet?: string
      /** The import of the same file that this one takes the place of: it is set aside. */
      readonly insteadOf?: number
    }
  | {
      readonly deed: 'columns'
      readonly columns: Readonly<Record<number, string>>
      readonly replace: boolean
    }
  | { readonly deed: 'rows'; readonly answers: Answers }
  | { readonly deed: 'publish'; readonly answers: Answers }
  | { readonly deed: 'undo' }

export const doing: Record<FileWish['deed'], string> = {
  read: 'Reading the file',
  columns: 'Checking the rows',
  rows: 'Checking the rows',
  publish: 'Publishing',
  undo: 'Undoing',
}
