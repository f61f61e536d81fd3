import { Hono } from 'hono'
import type { House } from '../../platform/house.ts'
import type { Env } from '../../platform/http/env.ts'

export { signInRoutes } from './sign-in/routes.tsx'

/** Pages for people who have signed in. */
export function routes(_house: House): Hono<Env> {
  return new Hono<Env>()
}
