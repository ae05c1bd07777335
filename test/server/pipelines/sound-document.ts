/** A document without problems, and ways to make one of it that has some. */
export const sound = {
  name: 'Support warehouse',
  source: {
    connector: 'intercom',
    connection: {
      region: 'us',
      accessToken: { env: 'INTERCOM_ACCESS_TOKEN' },
      apiBaseUrl: 'http://127.0.0.1:4010',
    },
  },
  objects: { contacts: {} },
  destination: { type: 'duckdb', connection: { path: './w.duckdb' }, schema: 'intercom' },
}

export const withObjects = (objects: unknown) => ({ ...sound, objects })
export const withFields = (object: string, fields: unknown) => withObjects({ [object]: { fields } })
export const withConnection = (connection: unknown) => ({ ...sound, source: { ...sound.source, connection } })
export const withDestination = (destination: unknown) => ({ ...sound, destination })
export const token = { env: 'INTERCOM_ACCESS_TOKEN' }

/** What is wrong, the document, where its problem is, a part of its sentence, a part of its fix. */
export type WrongDocument = readonly [
  what: string,
  document: unknown,
  pointer: string,
  message: string,
  fix: string,
]
