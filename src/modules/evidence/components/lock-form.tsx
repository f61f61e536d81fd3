import type { Verdict } from '../../../kernel/refusal.ts'
import { Button, Form, Section, Textarea, WhyNot } from '../../../ui/index.ts'
import { type Drop, dropTitle } from '../drops/domain/drop.ts'
import { capital, listed, worded } from '../drops/domain/sentences.ts'
import type { SchoolReadiness } from '../drops/domain/standing.ts'
import { momentName } from '../pages/drop-frame.tsx'

interface LockFormProps {
  readonly drop: Drop
  readonly verdicts: { readonly lock: Verdict; readonly without: Verdict }
  readonly schools: readonly SchoolReadiness[]
  readonly unanswered: number
  /** What was typed as the reason. */
  readonly without?: string
}

/** Freezing the drop: off with its reason, or with a reason that is kept for the schools left out. */
export const LockForm = ({ drop, verdicts, schools, unanswered, without }: LockFormProps) => {
  if (drop.lock)
    return (
      <Section title="Locked">
        <p>
          {drop.lock.by} locked the drop {momentName(drop.lock.at)}. Snapshot {drop.lock.snapshot} is final:
          what was published then is what every figure of this drop is read from, for ever.
        </p>
        {drop.lock.note && (
          <p>
            <b>Why it did not wait:</b> {drop.lock.note}
          </p>
        )}
      </Section>
    )
  const { lock } = verdicts
  if (!lock.ok && !verdicts.without.ok)
    return (
      <Section title="Lock the drop">
        <WhyNot title="You can’t lock it now." id="lock-why">
          {lock.because}
        </WhyNot>
        <Button offBecause="lock-why">Lock the {dropTitle(drop)} drop</Button>
      </Section>
    )
  const waiting = schools.filter((one) => one.standing !== 'signed off').map((one) => one.school.shortName)
  return (
    <Section
      title="Lock the drop"
      note="Locking freezes these results with your name and today’s date. After it nothing can be published, undone or signed off."
    >
      {unanswered > 0 && (
        <p>{`${capital(worded(unanswered, 'question', 'questions'))} of the checks ${unanswered === 1 ? 'has' : 'have'} no answer yet.`}</p>
      )}
      {lock.ok ? (
        <Form action={`/drops/${drop.code}/lock`}>
          <Button kind="warning" once>
            Lock the {dropTitle(drop)} drop
          </Button>
        </Form>
      ) : (
        <>
          <WhyNot title="You can’t lock it yet." id="lock-why">
            {lock.because} Wait for them, or say why not.
          </WhyNot>
          <Button offBecause="lock-why">Lock the {dropTitle(drop)} drop</Button>
          <Form action={`/drops/${drop.code}/lock`}>
            <Textarea
              name="without"
              label={`Why the drop does not wait for ${listed(waiting)}`}
              hint="Kept with the snapshot, and shown wherever these schools are missing."
              rows={2}
              value={without}
            />
            <Button kind="warning" once>
              Lock without {waiting.length > 3 ? `${waiting.length} schools` : listed(waiting)}
            </Button>
          </Form>
        </>
      )}
    </Section>
  )
}
