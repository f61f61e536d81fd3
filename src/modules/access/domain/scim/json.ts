/** A resource as SCIM has it: attribute names count without their case (RFC 7643, 2.1). */
export type Json = { [name: string]: unknown }

/** An error in SCIM's own form (RFC 7644, 3.12). */
export class ScimTrouble extends Error {
  readonly status: number
  readonly scimType: string | undefined
  constructor(status: number, detail: string, scimType?: string) {
    super(detail)
    this.status = status
    this.scimType = scimType
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The name as the resource spells it, or as asked when it has no such attribute. */
export const spelled = (resource: Json, name: string): string =>
  Object.keys(resource).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name

const prefix = /^urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):/i

/** The attribute's path without the name of our own schemas. */
export const plainPath = (path: string): string => path.replace(prefix, '')

/** All values at a path such as `name.familyName` or `emails`; several where an attribute has several. */
export function valuesAt(resource: Json, path: string): unknown[] {
  let found: unknown[] = [resource]
  for (const name of plainPath(path).split('.'))
    found = found.flatMap((one) => {
      if (!isObject(one)) return []
      const value = one[spelled(one, name)]
      return Array.isArray(value) ? value : value === undefined ? [] : [value]
    })
  return found
}
