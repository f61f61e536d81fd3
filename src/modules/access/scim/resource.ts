import { createHash } from 'node:crypto'
import type { Json } from '../domain/scim/json.ts'

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group'

/** A resource as it is answered, and its ETag. */
export interface Kept {
  readonly resource: Json
  readonly version: string
}

/** With `meta`; the version is of all that is shown, so that whatever changes it, an older copy is told from a newer. */
export function keptOf(
  resource: Json,
  meta: { resourceType: string; location: string; made: Date | null; changed: Date | null },
): Kept {
  const version = `W/"${createHash('sha256').update(JSON.stringify(resource)).digest('base64url').slice(0, 22)}"`
  return {
    version,
    resource: {
      ...resource,
      meta: {
        resourceType: meta.resourceType,
        ...(meta.made ? { created: meta.made.toISOString() } : {}),
        ...(meta.changed ? { lastModified: meta.changed.toISOString() } : {}),
        location: meta.location,
        version,
      },
    },
  }
}
