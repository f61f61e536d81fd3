import type { Verdict } from '../../../kernel/refusal.ts'
import { Button, Fold, Form, Section, Textarea, WhyNot } from '../../../ui/index.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { capital, worded } from '../drops/domain/sentences.ts'
import type { SchoolReadiness } from '../drops/domain/standing.ts'
import { momentName } from '../pages/drop-frame.tsx'

interface SignOffProps {
  readonly drop: Drop
  readonly ready: SchoolReadiness
  readonly verdicts: { readonly signOff: Verdict; readonly withdraw: Verdict }
  /** Questions of the checks without an answer. */
  readonly open: number
  /** Path of the school's task. */
  readonly action: string
  readonly why?: string
  readonly maySign: boolean
}

/** The headteacher's word that the results are right: given here, or why it can't be given now, or taken back. */
export const SignOffForm = ({ drop, ready, verdicts, open, action, why, maySign }: SignOffProps) => {
  const name = ready.school.shortName
  return (
    <Section title="The headteacher’s sign-off">
      {ready.signedOff && (
        <p>
          {ready.signedOff.by} signed off {name}’s results {momentName(ready.signedOff.at)}, as they stand in
          snapshot {ready.signedOff.snapshot}.
        </p>
      )}
      {ready.changedSinceSignOff && (
        <p>The results changed after they were signed off, so that sign-off no longer counts.</p>
      )}
      {!ready.signedOff && verdicts.signOff.ok && (
        <>
          <p>
            With your name and today’s date you say that {name}’s results of this drop are complete and right,
            as far as the school can tell.
          </p>
          {open > 0 && (
            <p>
              {capital(worded(open, 'question'))} of the checks {open === 1 ? 'has' : 'have'} no answer yet.
              That is kept with the sign-off.
            </p>
          )}
          <Form action={`${action}/sign-off`}>
            <Button once>Sign off {name}’s results</Button>
          </Form>
        </>
      )}
      {!ready.signedOff && !verdicts.signOff.ok && (
        <>
          <WhyNot title={maySign ? 'You can’t sign off yet.' : 'Not signed off yet.'} id="sign-off-why">
            {verdicts.signOff.because}
          </WhyNot>
          {maySign && <Button offBecause="sign-off-why">Sign off {name}’s results</Button>}
        </>
      )}
      {verdicts.withdraw.ok && (
        <Fold summary="Take the sign-off back" open={why !== undefined}>
          <Form action={`${action}/sign-off/end`}>
            <Textarea name="why" label="Why it is taken back" rows={2} value={why} />
            <Button kind="secondary">Take the sign-off back</Button>
          </Form>
        </Fold>
      )}
      {drop.lock && (
        <p class="small">
          {drop.lock.by} locked the drop {momentName(drop.lock.at)}: snapshot {drop.lock.snapshot} is final.
        </p>
      )}
    </Section>
  )
}
