import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import * as z from 'zod'
import type { House } from '../../../platform/house.ts'
import { longestPassword, shortestPassword } from '../domain/password.ts'

/** The header in which our own routes tell the sign-in part where a visitor comes from. */
export const addressHeader = 'x-throughline-address'

const hour = 3600

/**
 * Opens a session for an account whose holder our own code has made sure of, by password, provider, passkey or second step. Our own routes
 * call it; it has no address, because better-auth's HTTP handler is not mounted.
 */
const knownDoor = {
  id: 'known-door',
  endpoints: {
    signInKnown: createAuthEndpoint(
      '/sign-in/known',
      { method: 'POST', body: z.object({ account: z.string(), way: z.string(), steps: z.string() }) },
      async (ctx) => {
        const { account, way, steps } = ctx.body
        const user = await ctx.context.internalAdapter.findUserById(account)
        if (!user) throw ctx.error('NOT_FOUND')
        const session = await ctx.context.internalAdapter.createSession(account, false, { way, steps }, true)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ token: session.token })
      },
    ),
  },
} as const

function makeAuth(house: House) {
  const { config } = house
  return betterAuth({
    appName: 'Throughline',
    baseURL: config.origin,
    basePath: '/sign-in/api',
    secret: config.secret,
    database: { db: house.database.kysely, type: 'postgres', schemaName: 'access', transaction: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
    // Ours are kept in the database by address and account: see attempts.ts.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      resetPasswordTokenExpiresIn: hour,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        resetMail(house, user, token)
      },
    },
    // Kept while it is used; gone after 12 hours away.
    session: {
      modelName: 'sign_in_session',
      expiresIn: 12 * hour,
      updateAge: hour / 4,
      fields: sessionFields,
      additionalFields: {
        way: { type: 'string', required: false, input: false },
        steps: { type: 'string', required: false, input: false },
      },
    },
    user: {
      modelName: 'sign_in_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        trust: { type: 'number', fieldName: 'trust_id', required: true, input: false },
        person: { type: 'number', fieldName: 'person_id', required: true, input: false },
      },
    },
    account: { modelName: 'sign_in_account', fields: accountFields },
    verification: {
      modelName: 'sign_in_verification',
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      // A session and its account in one question.
      database: { joins: true },
      cookiePrefix: 'throughline',
      useSecureCookies: config.origin.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    plugins: [knownDoor],
  })
}

const sessionFields = {
  userId: 'user_id',
  expiresAt: 'expires_at',
  ipAddress: 'ip_address',
  userAgent: 'user_agent',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
}

const accountFields = {
  accountId: 'account_id',
  providerId: 'provider_id',
  userId: 'user_id',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  idToken: 'id_token',
  accessTokenExpiresAt: 'access_token_expires_at',
  refreshTokenExpiresAt: 'refresh_token_expires_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
}

/** Sent without being waited for, so that an unknown address is answered as quickly as a known one. */
function resetMail(house: House, user: { name: string; email: string }, token: string): void {
  const text = `Hello ${user.name},

someone asked to set a new password for your Throughline account. If it was you, open this page within an hour:

${house.config.origin}/reset/${token}

If it was not you, there is nothing to do: your password has not changed.
`
  house.mail
    .send({ to: user.email, subject: 'Set a new password', text })
    .catch((error) => house.log.error('reset mail not sent', error))
}

type Auth = ReturnType<typeof makeAuth>
const made = new WeakMap<object, { config: House['config']; auth: Auth }>()

/** The sign-in part of this house. Never call it inside `read` or `write`: the embedded record has one connection. */
export function authOf(house: House): Auth {
  const known = made.get(house.database)
  if (known?.config === house.config) return known.auth
  const auth = makeAuth(house)
  made.set(house.database, { config: house.config, auth })
  return auth
}
