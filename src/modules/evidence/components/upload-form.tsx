import { dayName } from '../../../kernel/days.ts'
import { Button, FileUpload, Form, PostButton, WhyNot } from '../../../ui/index.ts'
import { type Drop, dropState } from '../drops/domain/drop.ts'

/** A file for the drop. Works without JavaScript; nothing is published by sending it. */
export const UploadForm = ({
  drop,
  action,
  today,
  again,
  same,
  history = false,
}: {
  drop: Drop
  action: string
  today: string
  /** A file has come already. */
  again: boolean
  /** The import of the very same file that was just sent a second time. */
  same?: number
  /** The school joined after the drop’s day: what it sends is its own history, and a lock lets it in. */
  history?: boolean
}) => {
  const state = dropState(drop, today)
  if (state === 'locked' && !history)
    return <WhyNot title="The drop is locked.">Nothing more goes into it.</WhyNot>
  if (state === 'to come')
    return <WhyNot title="It is not open yet.">Files can be sent from {dayName(drop.opens)}.</WhyNot>
  return (
    <>
      {history && (
        <p>
          This is a day before the school joined the trust: what it sends is its own history. No figure of the
          trust counts it.
        </p>
      )}
      {same !== undefined && (
        <PostButton action={`${action}/again`} fields={{ import: String(same) }} kind="secondary">
          Send the same file again all the same
        </PostButton>
      )}
      <Form action={action} files>
        <FileUpload
          name="file"
          label={again ? 'Send another file' : 'A spreadsheet or CSV with the results'}
          hint="Excel (.xlsx) or CSV, one row a pupil or one row a result, with whatever columns your system writes. Next you see how we read it; nothing counts until you publish."
          accept=".csv,.xlsx,.txt,.tsv"
        />
        <Button once kind={again ? 'secondary' : 'filled'}>
          Send the file
        </Button>
      </Form>
    </>
  )
}
