import { doing, type FileWork } from '../imports/work/index.ts'
import { momentName } from '../pages/drop-frame.tsx'

/** Files that came and are still being read. */
export const UnderWay = ({ works, path }: { works: readonly FileWork[]; path: string }) =>
  works.length === 0 ? null : (
    <ul class="govuk-list">
      {works.map((work) => (
        <li>
          {doing[work.deed]}: <a href={`${path}/work/${work.id}`}>{work.file}</a>{' '}
          <span class="small">
            sent {momentName(work.askedAt)}
            {work.by && `, ${work.by}`}
          </span>
        </li>
      ))}
    </ul>
  )
