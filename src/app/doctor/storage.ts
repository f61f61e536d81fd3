import { existsSync, statfsSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import { count, whole } from '../../kernel/numbers.ts'
import { latestSnapshot, snapshotFiles } from '../../modules/evidence/index.ts'
import type { House } from '../../platform/house.ts'
import { sha256OfFile } from '../../platform/lake/lake.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Finding, unwell, well } from './finding.ts'

export function diskFinding({ config }: House): Finding {
  const { bavail, bsize } = statfsSync(config.data)
  const free = (bavail * bsize) / 1024 ** 3
  return free > 1
    ? well('Disk', `${free.toFixed(1)} GB free where the data folder is.`)
    : unwell(
        'Disk',
        `Only ${free.toFixed(2)} GB free where the data folder is. Make room: at 0 nothing more can be saved.`,
      )
}

/** Pupils’ data in a folder that others on the machine can read is a leak that waits to happen. */
export function folderFinding({ config }: House): Finding {
  const { mode } = statSync(config.data)
  if (platform() !== 'win32' && (mode & 0o007) !== 0)
    return unwell(
      'Folder',
      `Every user of this machine can read ${config.data}. Close it to others: chmod -R o-rwx ${config.data}`,
    )
  return well('Folder', 'The data folder is closed to other users of the machine.')
}

/** Are the files of the latest snapshot there and whole? `thorough` reads each and compares its hash. */
export async function lakeFinding(viewer: Viewer, slug: string, thorough: boolean): Promise<Finding> {
  const name = `Lake of ${slug}`
  const latest = await latestSnapshot(viewer)
  if (!latest) return well(name, 'Nothing has been published yet.')
  const files = await snapshotFiles(viewer, latest, {})
  const { lake } = viewer.house
  const lost: string[] = []
  for (const file of files) {
    const path = lake.path(file.path)
    const whole =
      existsSync(path) &&
      statSync(path).size === Number(file.bytes) &&
      (!thorough || (await sha256OfFile(path)) === file.sha256)
    if (!whole) lost.push(file.path)
  }
  return lost.length === 0
    ? well(
        name,
        `${whole(files.length)} files of snapshot ${latest}, all there ${thorough ? 'and unchanged to the last byte' : 'in full length'}.`,
      )
    : unwell(
        name,
        `${count(lost.length, 'file')} of ${whole(files.length)} in snapshot ${latest} missing or damaged, the first ${lost[0]}. Figures that need them can’t be read: restore the last backup into an empty folder.`,
      )
}
