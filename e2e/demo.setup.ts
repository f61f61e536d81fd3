import { demoFolder } from './browser.ts'

/** One demo for a run of all stories: each file copies it. */
export default async function setup() {
  if (process.env.THROUGHLINE_DEMO_FOLDER) return
  const { data, remove } = await demoFolder()
  process.env.THROUGHLINE_DEMO_FOLDER = data
  return remove
}
