import { count } from '../../../kernel/numbers.ts'
import { Table } from '../../../ui/index.ts'
import type { ImportLine } from '../imports/index.ts'
import { momentName } from '../pages/drop-frame.tsx'

const size = (bytes: number): string =>
  bytes < 100_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

function fileState(file: ImportLine): string {
  switch (file.step) {
    case 'published':
      return `Published as snapshot ${file.snapshot}`
    case 'undone':
      return `Undone, snapshot ${file.snapshot}`
    case 'abandoned':
      return 'Set aside'
    case 'uploaded':
      return 'Say what each column is'
    case 'mapped':
      return 'Check the rows'
    case 'checked':
      return file.open ? `${count(file.open, 'row needs', 'rows need')} you` : 'Ready to publish'
  }
}

const rank = { checked: 0, mapped: 0, uploaded: 0, published: 1, undone: 2, abandoned: 2 } as const

/** The files that came, those that wait for a person first. */
export const FileList = ({
  files,
  path,
  school,
}: {
  files: readonly ImportLine[]
  path: string
  school: string
}) =>
  files.length === 0 ? (
    <p>Nothing has come from {school} yet.</p>
  ) : (
    <Table
      caption="Files so far"
      columns={[{ head: 'File', width: 4 }, { head: 'Where it stands', width: 4 }, { head: 'Sent' }]}
      rows={files
        .toSorted((a, b) => rank[a.step] - rank[b.step])
        .map((file) => [
          <a href={`${path}/imports/${file.id}`}>{file.name}</a>,
          fileState(file),
          <span class="small">{`${momentName(file.at)}${file.by ? `, ${file.by}` : ''}, ${size(file.bytes)}`}</span>,
        ])}
    />
  )
