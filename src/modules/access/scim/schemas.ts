import type { Json } from '../domain/scim/json.ts'
import { groupSchema, userSchema } from './resource.ts'

/** Most resources of one answer. */
export const mostAnswered = 200

/** What we support (RFC 7643, 5). */
export const configurationAt = (base: string): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  documentationUri: `${base.replace('/scim/v2', '')}/guide/keep-staff-by-file-or-directory`,
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: mostAnswered },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token that an administrator of the trust makes under “How people sign in”.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
})

export const resourceTypesAt = (base: string): Json[] =>
  [
    { name: 'User', endpoint: '/Users', schema: userSchema, description: 'A person of the trust' },
    {
      name: 'Group',
      endpoint: '/Groups',
      schema: groupSchema,
      description: 'People who hold a role together',
    },
  ].map((type) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: type.name,
    ...type,
    schemaExtensions: [],
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${type.name}` },
  }))

interface Told {
  readonly type?: 'string' | 'boolean' | 'complex' | 'reference'
  readonly several?: boolean
  readonly required?: boolean
  readonly exact?: boolean
  readonly mutability?: 'readOnly' | 'readWrite' | 'immutable'
  readonly unique?: boolean
  readonly of?: readonly Json[]
}

const attribute = (name: string, description: string, told: Told = {}): Json => ({
  name,
  type: told.type ?? 'string',
  multiValued: told.several ?? false,
  description,
  required: told.required ?? false,
  caseExact: told.exact ?? false,
  mutability: told.mutability ?? 'readWrite',
  returned: 'default',
  uniqueness: told.unique ? 'server' : 'none',
  ...(told.of ? { subAttributes: told.of } : {}),
  ...(told.type === 'reference' ? { referenceTypes: ['User', 'Group'] } : {}),
})

const userAttributes = [
  attribute('userName', 'The name by which the directory knows the person', { required: true, unique: true }),
  attribute('name', 'The person’s name', {
    type: 'complex',
    of: [
      attribute('formatted', 'The whole name, as shown'),
      attribute('givenName', 'First name'),
      attribute('familyName', 'Surname'),
    ],
  }),
  attribute('displayName', 'The name as shown; goes before name.formatted'),
  attribute('title', 'The post, as shown beside the name'),
  attribute('active', 'Works here; false signs the person out at once and ends their roles', {
    type: 'boolean',
  }),
  attribute('emails', 'The address by which the person signs in: the primary one, or the first', {
    type: 'complex',
    several: true,
    of: [
      attribute('value', 'The address'),
      attribute('type', 'work'),
      attribute('primary', 'The one that counts', { type: 'boolean' }),
    ],
  }),
  attribute('groups', 'The groups the person is in', {
    type: 'complex',
    several: true,
    mutability: 'readOnly',
    of: [
      attribute('value', 'Id of the group', { mutability: 'readOnly', exact: true }),
      attribute('$ref', 'Address of the group', { type: 'reference', mutability: 'readOnly', exact: true }),
      attribute('display', 'Name of the group', { mutability: 'readOnly' }),
    ],
  }),
]

const groupAttributes = [
  attribute('displayName', 'The group’s name', { required: true, unique: true }),
  attribute('members', 'People; they hold the role that an administrator gave the group', {
    type: 'complex',
    several: true,
    of: [
      attribute('value', 'Id of the person', { mutability: 'immutable', exact: true }),
      attribute('$ref', 'Address of the person', { type: 'reference', mutability: 'immutable', exact: true }),
      attribute('display', 'Name of the person', { mutability: 'readOnly' }),
    ],
  }),
]

export const schemasAt = (base: string): Json[] =>
  [
    { id: userSchema, name: 'User', description: 'A person of the trust', attributes: userAttributes },
    {
      id: groupSchema,
      name: 'Group',
      description: 'People who hold a role together',
      attributes: groupAttributes,
    },
  ].map((schema) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    ...schema,
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${schema.id}` },
  }))
