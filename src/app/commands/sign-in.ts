import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { roles } from '../../kernel/roles.ts'
import {
  endProvider,
  makeScimToken,
  providersOf,
  sendInvitation,
  setProvider,
  setRolesInTwoSteps,
  staffText,
  takeStaff,
  tryStaff,
} from '../../modules/access/index.ts'
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

  withOptions(
    signIn.command('directory-token').argument('<name>', 'which directory it is for'),
    'sign-in directory-token Entra',
  )
    .description('make a token by which a directory keeps people here (SCIM 2.0)')
    .action((name: string, options: Options) =>
      atWork(options, async (viewer, voice, house) => {
        const token = await makeScimToken(viewer, name)
        const address = `${house.config.origin}/scim/v2`
        voice.answer({ address, token }, `Address: ${address}\nToken, shown this once: ${token}`)
      }),
    )

  withOptions(
    program
      .command('staff')
      .argument('<file>', 'CSV with email, name, title, school, role, from, to, left …'),
    'staff people.csv --publish',
  )
    .description('say what a file of people and roles would do, or do it')
    .option('--publish', 'do it: all good rows at once')
    .option('--invite', 'send each new person an invitation')
    .action((file: string, options: Options & { publish?: boolean; invite?: boolean }) =>
      atWork(options, async (viewer, voice) => {
        const text = staffText(readFileSync(fromHere(file)))
        const taken = options.publish
          ? await takeStaff(viewer, text, { invite: false })
          : await tryStaff(viewer, text)
        if (options.publish && options.invite)
          for (const { id } of taken.added) await sendInvitation(viewer, id)
        const { rows, added, changed, roles: given, left, unchanged, bad } = taken
        voice.answer(
          {
            published: options.publish ?? false,
            rows,
            added: added.length,
            changed,
            roles: given,
            left: left.length,
            unchanged,
            bad,
          },
          () =>
            [
              ...bad.map(({ row, who, because }) => `Row ${row}, ${who || 'no name'}: ${because}`),
              `${options.publish ? 'Done' : 'It would be'}: ${added.length} new people, ${changed} changed, ${given} roles given, ${left.length} leavers, ${unchanged} rows as they are already, ${bad.length} left out.`,
              ...(options.publish ? [] : ['Nothing is done yet. Add --publish to do it.']),
            ].join('\n'),
        )
      }),
    )
}
