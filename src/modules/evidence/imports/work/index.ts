export { askOfImport, askToRead } from './ask-file-work.ts'
export { handleFileWork } from './do-file-work.ts'
export { doing, type FileWish } from './wish.ts'
export {
  type FileWork,
  settledSoon,
  troublesSince,
  workAndProgress,
  workUnderWay,
} from './work-under-way.ts'
