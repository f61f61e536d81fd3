export { handleSendings } from './do-sendings.ts'
export { type Stood, type Taken, takeFromFolder, wordsOf } from './watch-folder.ts'
