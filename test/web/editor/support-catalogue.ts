import type { Catalogue, CatalogueObject, SavedConnection } from '@penstock/web/editor/document/catalogue.ts'
import type { DraftDocument } from '@penstock/web/editor/document/draft-document.ts'

/** A connector with a key, sensitive fields, a nested one, an object without start date and a derived one. */
export const contacts: CatalogueObject = {
  name: 'contacts',
  title: 'Contacts',
  group: 'core',
  mode: 'incremental',
  startDate: true,
  primaryKey: ['id'],
  scope: 'read_users',
  recommended: true,
  fields: [
    { path: 'id', type: 'string', keyReason: 'id is the primary key of contacts.' },
    { path: 'email', type: 'string', sensitive: 'email' },
    { path: 'phone', type: 'string', sensitive: 'phone' },
    { path: 'location', type: 'object' },
    { path: 'location.city', type: 'string', sensitive: 'address' },
    { path: 'tags', type: 'object' },
    { path: 'role', type: 'string' },
  ],
}

const companies: CatalogueObject = {
  name: 'companies',
  title: 'Companies',
  group: 'core',
  mode: 'full_refresh',
  startDate: false,
  noStartDate: 'Companies are read as a whole each time.',
  primaryKey: ['id'],
  scope: 'read_users',
  recommended: true,
  fields: [
    { path: 'id', type: 'string', keyReason: 'id is the primary key of companies.' },
    { path: 'name', type: 'string', sensitive: 'person_name' },
  ],
}

const contactTag: CatalogueObject = {
  name: 'contact_tag',
  title: 'Contact tags',
  group: 'derived',
  mode: 'incremental',
  startDate: false,
  primaryKey: ['contact_id', 'tag_id'],
  parent: 'contacts',
  parentFields: ['tags', 'id'],
  scope: 'read_users',
  recommended: false,
  fields: [
    { path: 'contact_id', type: 'string', keyReason: 'contact_id is the primary key of contact_tag.' },
    { path: 'tag_id', type: 'string', keyReason: 'tag_id is the primary key of contact_tag.' },
  ],
}

const tickets: CatalogueObject = {
  name: 'tickets',
  title: 'Tickets',
  group: 'extended',
  mode: 'incremental',
  startDate: true,
  primaryKey: ['id'],
  scope: 'read_tickets',
  recommended: false,
  fields: [
    { path: 'id', type: 'string', keyReason: 'id is the primary key of tickets.' },
    { path: 'title', type: 'string' },
  ],
}

export const catalogue: Catalogue = {
  connector: 'intercom',
  title: 'Intercom',
  objects: [contacts, companies, tickets, contactTag],
}

export const connections: readonly SavedConnection[] = [
  {
    id: 'c1',
    name: 'Acme Intercom',
    side: 'source',
    kind: 'intercom',
    health: 'healthy',
    grantedScopes: ['read_users'],
  },
  { id: 'd1', name: 'Warehouse', side: 'destination', kind: 'postgres', health: 'healthy' },
  {
    id: 'd2',
    name: 'Old lake',
    side: 'destination',
    kind: 'duckdb',
    health: 'broken',
    healthDetail: 'The file is gone.',
  },
]

/** A pipeline without an error. */
export const soundDocument: DraftDocument = {
  name: 'Support warehouse',
  source: { connector: 'intercom', connection: 'c1' },
  objects: {
    contacts: { fields: { email: 'hash', phone: 'exclude', 'location.city': 'hash' } },
    contact_tag: {},
  },
  schedule: { every: '15m' },
  destination: { type: 'postgres', connection: 'd1', schema: 'intercom' },
}
