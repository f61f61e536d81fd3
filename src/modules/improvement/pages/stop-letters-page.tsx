import type { House } from '../../../platform/house.ts'
import { Page, PostButton } from '../../../ui/index.ts'
import { stopsFor } from '../queries/digest.ts'

/** What a letter's link opens, without signing in. It changes nothing by being opened: programs open links before people do. */
export const stopLettersPage = (house: House, sealed: string, stopped = false) => {
  const known = stopsFor(house, sealed) !== undefined
  return (
    <Page
      title={stopped ? 'The letters are stopped' : 'Stop letters with your actions'}
      purpose={
        stopped
          ? 'No more letters with your actions will come.'
          : known
            ? 'You will get no more letters about what is late or due. Your actions stay where they are.'
            : 'This link is not one of ours, or it is from before the system was set up anew.'
      }
    >
      {known && !stopped && (
        <PostButton action={`/my-actions/letters/${sealed}`} once>
          Stop the letters
        </PostButton>
      )}
      {(stopped || !known) && (
        <p>
          Choose how often they come, or that they never do, on <a href="/improvement/actions">My actions</a>{' '}
          after signing in.
        </p>
      )}
    </Page>
  )
}
