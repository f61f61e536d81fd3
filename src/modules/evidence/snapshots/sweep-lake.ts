import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Removes this trust's sealed files that no snapshot lists: what a publish left that was stopped before it was done. */
export async function sweepLake(viewer: Viewer, { olderThanMinutes = 60 } = {}): Promise<string[]> {
  const { lake } = viewer.house
  const listed = await read(viewer, (db) => db.selectFrom('evidence.lake_file').select('path').execute())
  const others: string[] = []
  for (const entry of await readdir(lake.folder, { recursive: true, withFileTypes: true })) {
    const path = relative(lake.folder, join(entry.parentPath, entry.name))
    if (entry.isFile() && !path.startsWith(`${viewer.trust}/`)) others.push(path)
  }
  return lake.sweep([...listed.map((file) => file.path), ...others], { olderThanMinutes })
}
