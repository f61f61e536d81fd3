import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { isObject, type Json, ScimTrouble } from '../domain/scim/json.ts'
import { operationsIn, patched } from '../domain/scim/patch.ts'
import { type Asked, askedIn, isKnown, list, mustMatch, narrowed, scim, troubled } from './answer.ts'
import { createScimGroup, deleteScimGroup, replaceScimGroup, scimGroup, scimGroups } from './groups.ts'
import type { Kept } from './resource.ts'
import { configurationAt, resourceTypesAt, schemasAt } from './schemas.ts'
import { directoryBy } from './tokens.ts'
import { createScimUser, deleteScimUser, replaceScimUser, scimUser, scimUsers } from './users.ts'

/** How one kind of resource is read and changed. */
interface Kind {
  readonly all: (viewer: Viewer) => Promise<Kept[]>
  readonly one: (viewer: Viewer, id: number) => Promise<Kept>
  readonly create: (viewer: Viewer, resource: Json) => Promise<Kept>
  readonly replace: (viewer: Viewer, id: number, resource: Json) => Promise<Kept>
  readonly remove: (viewer: Viewer, id: number) => Promise<void>
}

const kinds: Record<string, Kind> = {
  Users: {
    all: scimUsers,
    one: scimUser,
    create: createScimUser,
    replace: replaceScimUser,
    remove: deleteScimUser,
  },
  Groups: {
    all: scimGroups,
    one: scimGroup,
    create: createScimGroup,
    replace: replaceScimGroup,
    remove: deleteScimGroup,
  },
}

async function bodyOf(c: Context): Promise<Json> {
  const body: unknown = await c.req.json().catch(() => undefined)
  if (!isObject(body)) throw new ScimTrouble(400, 'The request’s body is not a JSON object.', 'invalidSyntax')
  return body
}

const idOf = (c: Context): number => {
  const id = Number(c.req.param('id'))
  if (!Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647) throw new NotHere()
  return id
}

const asked = (c: Context): Asked => askedIn(c.req.query())

const shown = (c: Context, kept: Kept, status = 200): Response =>
  scim(c, narrowed(kept.resource, asked(c)), status, {
    ETag: kept.version,
    ...(status === 201 ? { Location: String((kept.resource.meta as Json).location) } : {}),
  })

const listOf = (resources: readonly Json[]): Json => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
})

/** SCIM 2.0 under `/scim/v2`: a directory keeps the trust's people and their groups. Shown by a token only, never by a session. */
export function scimRoutes(house: House): Hono<Env> {
  const base = `${house.config.origin}/scim/v2`
  const api = new Hono<Env>()

  api.onError((error, c) => {
    if (error instanceof ScimTrouble) return troubled(c, error)
    if (error instanceof NotHere) return troubled(c, new ScimTrouble(404, 'There is no such resource.'))
    if (error instanceof Refusal) return troubled(c, new ScimTrouble(400, error.message, 'invalidValue'))
    house.log.error('scim', error)
    return troubled(c, new ScimTrouble(500, 'Something went wrong that should not have.'))
  })

  api.use(async (c, next) => {
    const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const directory = token && (await directoryBy(house, token))
    if (!directory) throw new ScimTrouble(401, 'The token is missing, or does not hold any more.')
    c.set('viewer', directory)
    await next()
  })

  api.get('/ServiceProviderConfig', (c) => scim(c, configurationAt(base)))
  for (const [path, all] of [
    ['ResourceTypes', resourceTypesAt(base)],
    ['Schemas', schemasAt(base)],
  ] as const) {
    api.get(`/${path}`, (c) => {
      if (c.req.query('filter')) throw new ScimTrouble(403, 'These can’t be filtered.')
      return scim(c, listOf(all))
    })
    api.get(`/${path}/:id`, (c) => {
      const one = all.find(({ id }) => id === c.req.param('id'))
      if (!one) throw new NotHere()
      return scim(c, one)
    })
  }
  api.all('/Me', () => {
    throw new ScimTrouble(501, 'A directory is nobody, so there is no /Me.')
  })
  api.all('/Bulk', () => {
    throw new ScimTrouble(501, 'Bulk requests are not supported.')
  })

  for (const [path, kind] of Object.entries(kinds)) {
    api.get(`/${path}`, async (c) => scim(c, list(await kind.all(c.get('viewer')), asked(c))))
    api.post(`/${path}/.search`, async (c) =>
      scim(c, list(await kind.all(c.get('viewer')), askedIn(await bodyOf(c)))),
    )
    api.post(`/${path}`, async (c) => shown(c, await kind.create(c.get('viewer'), await bodyOf(c)), 201))
    api.get(`/${path}/:id`, async (c) => {
      const found = await kind.one(c.get('viewer'), idOf(c))
      return isKnown(c, found) ? c.body(null, 304, { ETag: found.version }) : shown(c, found)
    })
    api.put(`/${path}/:id`, async (c) => {
      mustMatch(c, await kind.one(c.get('viewer'), idOf(c)))
      return shown(c, await kind.replace(c.get('viewer'), idOf(c), await bodyOf(c)))
    })
    api.patch(`/${path}/:id`, async (c) => {
      const present = await kind.one(c.get('viewer'), idOf(c))
      mustMatch(c, present)
      const { meta: _, ...resource } = present.resource
      const next = patched(resource, operationsIn(await bodyOf(c)))
      return shown(c, await kind.replace(c.get('viewer'), idOf(c), namesAgree(resource, next)))
    })
    api.delete(`/${path}/:id`, async (c) => {
      mustMatch(c, await kind.one(c.get('viewer'), idOf(c)))
      await kind.remove(c.get('viewer'), idOf(c))
      return c.body(null, 204)
    })
  }
  api.all('*', () => {
    throw new ScimTrouble(404, 'There is nothing at this address.')
  })
  return new Hono<Env>().route('/scim/v2', api)
}

/** We show one name in two places; when only its parts were changed, the whole follows them. */
function namesAgree(before: Json, after: Json): Json {
  const [was, is] = [before.name, after.name] as [Json | undefined, Json | undefined]
  const parts = (name?: Json) => [name?.givenName, name?.familyName].filter(Boolean).join(' ')
  if (before.displayName !== after.displayName || !is) return after
  if (was?.formatted !== is.formatted) return { ...after, displayName: is.formatted }
  return parts(was) !== parts(is) && parts(is) ? { ...after, displayName: parts(is) } : after
}
