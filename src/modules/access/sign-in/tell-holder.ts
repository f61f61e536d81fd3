import type { House } from '../../../platform/house.ts'
import type { Account } from './accounts.ts'

/** Tells the holder of an account what changed in how they sign in. A letter that can't be sent does not undo it. */
export const tellHolder = (house: House, { name, email }: Account, sentence: string): Promise<void> =>
  house.mail
    .send({
      to: email,
      subject: 'How you sign in to Throughline has changed',
      text: `Hello ${name},

${sentence}

If that was not you, or you did not expect it, tell whoever manages people at your school or trust today, and look at where you are signed in:

${house.config.origin}/account
`,
    })
    .catch((error) => house.log.error('letter about sign-in not sent', error))
