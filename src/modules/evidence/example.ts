/** Results as a test of another module says them. */
export { publishRows } from './test/publish-rows.ts'
