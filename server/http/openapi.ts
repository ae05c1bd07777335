import type { Hono } from 'hono'
import { z } from 'zod'
import { actWords } from '../members/act-words.ts'
import { ruleOf } from '../api/policy.ts'
import { appRouter } from '../api/router.ts'
import type { Services } from '../services.ts'
import { version } from '../version.ts'
import type { AppEnv } from './app.ts'
import { readProcedures } from './procedure-schemas.ts'
import type { DescribedProcedure } from './procedure-schemas.ts'

/** Words for what everyone may call, which the table of permissions leaves out. */
const publicWords: Readonly<Record<string, string>> = {
  'session.me': 'Who is asking',
  'session.permissions': 'The rule of every procedure',
  'session.switchWorkspace': 'Go on in another workspace',
  'passwords.checkToken': 'Whether a link to set a new password works',
  'passwords.request': 'Send a link to set a new password',
  'passwords.reset': 'Set a new password with such a link',
  'setup.checkToken': 'Whether a setup link works',
  'setup.createAdmin': 'Make the first admin',
  'workspaces.create': 'Make another workspace',
  'invitations.look': 'What an invitation is to',
  'invitations.accept': 'Accept an invitation',
}

/** `GET /api/openapi.json`: the same for everyone, made once. */
export function serveApiDescription(app: Hono<AppEnv>, { env }: Services): void {
  let described: Record<string, unknown> | undefined
  app.get('/api/openapi.json', (c) => c.json((described ??= describeApi(env.publicUrl))))
}

/** The plain HTTP API as an OpenAPI 3.1 document, read from the router: it cannot say what the API does not do. */
export function describeApi(publicUrl: string): Record<string, unknown> {
  const procedures = readProcedures(appRouter).filter(({ type }) => type !== 'subscription')
  const paths = procedures.map((procedure) => [
    `/api/${procedure.path.replace('.', '/')}`,
    { post: describeOperation(procedure) },
  ])
  const areas = new Set(procedures.map(({ path }) => areaOf(path)))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Penstock',
      version,
      description:
        'Every procedure is a POST with its input as JSON; the answer is its output as JSON. Send an API key in `x-api-key`, or as `Authorization: Bearer`.',
    },
    servers: [{ url: publicUrl }],
    security: [{ apiKey: [] }, { bearer: [] }],
    tags: [...areas].map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Error: errorSchema },
      responses: {
        Error: {
          description: 'What was wrong, and what to do.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  }
}

function describeOperation({ path, type, input, output }: DescribedProcedure) {
  const rule = ruleOf(path) ?? 'nobody'
  const body = input && {
    required: !input.safeParse(undefined).success,
    content: { 'application/json': { schema: jsonSchema(input, 'input') } },
  }
  return {
    operationId: path,
    tags: [areaOf(path)],
    summary: actWords[path] ?? publicWords[path] ?? path,
    description: `For: ${rule}. ${type === 'query' ? 'Changes nothing.' : 'Changes something.'}`,
    ...(rule === 'public' ? { security: [] } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: {
      '200': {
        description: 'Done.',
        content: { 'application/json': { schema: output ? jsonSchema(output, 'output') : {} } },
      },
      default: { $ref: '#/components/responses/Error' },
    },
  }
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        details: { type: 'object' },
        problems: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'message'],
            properties: { path: { type: 'string' }, message: { type: 'string' } },
          },
        },
      },
    },
  },
} as const

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  if (schema instanceof z.ZodVoid) return { type: 'null' }
  const {
    $schema: _,
    '~standard': _standard,
    ...described
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return described
}

function areaOf(path: string): string {
  return path.slice(0, path.indexOf('.'))
}
