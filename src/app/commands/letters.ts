import type { Command } from 'commander'
import { count } from '../../kernel/numbers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { handleDigests, startDigests } from '../../modules/improvement/index.ts'
import { trustsHere } from '../../modules/organisation/index.ts'
import { atWork, type Options, withOptions } from './at-work.ts'

const patience = 10 * 60 * 1000

export function addLetterCommands(program: Command): void {
  withOptions(
    program
      .command('letters')
      .description('send today’s letters with people’s own actions; a running server does so each morning'),
    'letters',
  ).action((options: Options) =>
    atWork(options, async (viewer, voice, house) => {
      await handleDigests(house)
      const trusts = await trustsHere(house)
      const jobs = await startDigests(house)
      for (const [at, id] of jobs.entries()) {
        const end = await house.jobs.settled({ ...viewer, trust: trusts[at]!.id }, id, patience)
        if (end?.state !== 'done') throw new Refusal(end?.trouble ?? 'The letters are not all sent yet.')
      }
      voice.answer(
        { trusts: jobs.length },
        `Letters of ${count(jobs.length, 'trust')} are sent, where any were due.`,
      )
    }),
  )
}
