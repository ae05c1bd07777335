import type { ConnectorFiles } from './kept-files.ts'

/** The parts that every manifest has, with an API that does not exist: what to fill in. */
export const startingFiles: ConnectorFiles = {
  manifest: `name: my_api
title: My API
description: What the API has, in a sentence.
documentation: https://developer.example.com

api:
  regions:
    main:
      title: Everywhere
      api: https://api.example.com

settings:
  accessToken:
    title: Access token
    description: Where to find it, and what it must be allowed to do.
    secret: true

authentication:
  - type: bearer
    title: Access token
    token: accessToken

check:
  request: { path: /me }
  account: { id: id, name: name }

objects:
  customers:
    title: Customers
    mode: full_refresh
    primaryKey: [id]
    record: records/customer.schema.json
    read:
      type: list
      request:
        path: /customers
        query: { cursor: { $from: page.cursor } }
      recordsAt: data
      pagination: { type: cursor, nextAt: next_cursor }
`,
  records: {
    'records/customer.schema.json': `{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Customer",
  "description": "What one record is.",
  "type": "object",
  "properties": {
    "id": { "type": "string" },
    "name": { "type": "string", "description": "The customer's full name.", "x-sensitive": "person_name" },
    "created_at": { "type": "integer", "description": "Unix seconds." }
  }
}
`,
  },
}
