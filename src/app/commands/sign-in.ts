import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { roles } from '../../kernel/roles.ts'
import { endProvider, providersOf, setProvider, setRolesInTwoSteps } from '../../modules/access/index.ts'
import { atWork, fromHere, type Options, withOptions } from './at-work.ts'

const kindOf = (text: string): 'microsoft' | 'google' => {
  if (text === 'microsoft' || text === 'google') return text
  throw new Refusal(`There is no sign-in with ${text}. There is: microsoft, google.`)
}

/** How a trust's people sign in, for whoever holds the machine. */
export function addSignInCommands(program: Command): void {
  const signIn = program.command('sign-in').description('how the trust’s people sign in')

  withOptions(
    signIn.command('set').argument('<provider>', 'microsoft or google'),
    'sign-in set google --belongs-to tidewell.example --client-id 123.apps.example --secret-file secret.txt',
  )
    .description('let people sign in with Microsoft Entra or Google Workspace')
    .requiredOption('--belongs-to <id>', 'the Entra tenant’s id, or the Workspace’s domain')
    .requiredOption('--client-id <id>', 'the client id that the provider gave')
    .option('--secret-file <file>', 'a file that holds the client secret; the present one stays without it')
    .option('--two-steps', 'the provider asks everybody for a second step, so Throughline need not')
    .option('--issuer <address>', 'only for a national cloud, or a provider of your own')
    .action(
      (
        kind: string,
        options: Options & {
          belongsTo: string
          clientId: string
          secretFile?: string
          twoSteps?: boolean
          issuer?: string
        },
      ) =>
        atWork(options, async (viewer, voice, house) => {
          await setProvider(viewer, {
            kind: kindOf(kind),
            belongsTo: options.belongsTo,
            clientId: options.clientId,
            clientSecret: options.secretFile && readFileSync(fromHere(options.secretFile), 'utf8').trim(),
            twoSteps: options.twoSteps ?? false,
            issuer: options.issuer,
          })
          const back = `${house.config.origin}/sign-in/back`
          voice.answer(
            { set: kind, back },
            `People can sign in with ${kind}. Its redirect URI must be ${back}`,
          )
        }),
    )

  withOptions(signIn.command('end').argument('<provider>', 'microsoft or google'), 'sign-in end google')
    .description('stop signing in with a provider')
    .action((kind: string, options: Options) =>
      atWork(options, async (viewer, voice) => {
        const found = (await providersOf(viewer)).find((one) => one.kind === kindOf(kind))
        if (!found) throw new Refusal(`Nobody signs in with ${kind} here.`)
        await endProvider(viewer, found.id)
        voice.answer({ ended: kind }, `Nobody signs in with ${kind} any more.`)
      }),
    )

  withOptions(
    signIn.command('two-steps').argument('[roles...]', 'such as administrator data-lead; none for no role'),
    'sign-in two-steps administrator data-lead',
  )
    .description('say which roles must sign in with two steps')
    .action((wanted: string[], options: Options) =>
      atWork(options, async (viewer, voice) => {
        const unknown = wanted.find((role) => !roles.some((known) => known === role))
        if (unknown) throw new Refusal(`There is no role ${unknown}. There are: ${roles.join(', ')}.`)
        await setRolesInTwoSteps(viewer, wanted)
        voice.answer(
          { twoSteps: wanted },
          wanted.length === 0 ? 'No role needs two steps.' : `Two steps for: ${wanted.join(', ')}.`,
        )
      }),
    )
}
