import { read } from '../../../../platform/database/door.ts'
import type { House } from '../../../../platform/house.ts'
import type { Work } from '../../../../platform/jobs.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { viewerOf } from '../../../access/index.ts'
import { founderOf } from '../../../organisation/index.ts'
import { answerRows, checkImport } from '../commands/check-import.ts'
import { matchColumns } from '../commands/match-columns.ts'
import { publishImport } from '../commands/publish-import.ts'
import { startImport } from '../commands/start-import.ts'
import { abandonImport, undoImport } from '../commands/undo-import.ts'
import { partOf, type Tell } from '../domain/tell.ts'
import { importIn } from '../queries/import-row.ts'
import { fileWork } from './ask-file-work.ts'
import { type FileWork, workIn } from './work-under-way.ts'

/** Two large files side by side: a third waits. */
const atOnce = 2

/**
 * Reads, checks, publishes and undoes files from now on, outside any request. `changed` is called when what readers see has
 * changed. What was under way when the process stopped is taken up again; what had come to its end by then is not done twice.
 */
export const handleFileWork = (house: House, changed: () => void = () => {}): Promise<void> =>
  house.jobs.handle(
    fileWork,
    async ({ id, trust, person, attempt, progress }: Work<object>) => {
      const viewer = person
        ? await viewerOf(house, trust, person)
        : founderOf(house, trust, 'The trust’s data team')
      const work = await read(viewer, (db) => workIn(db, viewer, id))
      const tell: Tell = (share, words) => progress(Math.round(share * 1000), 1000, words)
      if (attempt === 0 || !(await wasDone(viewer, work))) await done(viewer, work, tell)
      if (work.deed === 'publish' || work.deed === 'undo') changed()
    },
    atOnce,
  )

async function wasDone(viewer: Viewer, { deed, import: id }: FileWork): Promise<boolean> {
  if (id === null) return false
  if (deed === 'read') return true
  const { state } = await read(viewer, (db) => importIn(db, viewer, id))
  return (deed === 'publish' && Boolean(state.published)) || (deed === 'undo' && Boolean(state.undone))
}

async function done(viewer: Viewer, work: FileWork, tell: Tell): Promise<unknown> {
  const { wish } = work
  if (wish.deed === 'read') {
    const { sha256, bytes, again, sheet, insteadOf } = wish
    await startImport(
      viewer,
      {
        drop: work.drop,
        school: work.school,
        upload: { name: work.file, sha256, bytes },
        again,
        sheet,
        work: work.id,
      },
      tell,
    )
    return insteadOf === undefined ? undefined : abandonImport(viewer, insteadOf)
  }
  const id = work.import!
  switch (wish.deed) {
    case 'columns':
      return matchColumns(viewer, id, wish, tell)
    case 'rows':
      return Object.keys(wish.answers).length
        ? answerRows(viewer, id, wish.answers, tell)
        : checkImport(viewer, id, tell)
    case 'publish':
      if (Object.keys(wish.answers).length) await answerRows(viewer, id, wish.answers, partOf(tell, 0, 0.4))
      return publishImport(viewer, id, tell)
    case 'undo':
      return undoImport(viewer, id)
  }
}
