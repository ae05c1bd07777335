import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { mayAct } from '@penstock/server/api/trpc.ts'
import { ruleOf } from '@penstock/server/api/policy.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApi } from './call-procedure.ts'
import type { ApiCaller } from './call-procedure.ts'
import { listProcedures } from './list-procedures.ts'
import type { ListedProcedure } from './list-procedures.ts'
import { buildMatrixWorld } from './matrix-world.ts'
import type { Caller, Ids, MatrixWorld, Outcomes, Sample, Samples } from './matrix-world.ts'

/**
 * Who may call what, tried: every procedure of the router, by everyone who might call it, about their own things, another workspace's, and
 * things that are not. Procedures are found by themselves; each that takes an input needs a line in test/server/api/samples/<area>.ts.
 */
const { samples, outcomes } = await readSamples()
const procedures = listProcedures()
let world: MatrixWorld
let api: ApiCaller

beforeAll(async () => {
  world = await buildMatrixWorld()
  api = openApi(world)
})
afterAll(() => world.close())

test('every procedure has a rule, says what it takes and what it answers, and takes nothing else', () => {
  const unruled = procedures.filter(({ path }) => ruleOf(path) === undefined)
  const silent = procedures.filter(({ hasOutput, type }) => !hasOutput && type !== 'subscription')
  const lax = procedures.filter(({ inputSchema }) => inputSchema !== undefined && !isStrict(inputSchema))
  expect({ unruled: paths(unruled), withoutOutput: paths(silent), lax: paths(lax) }).toEqual({
    unruled: [],
    withoutOutput: [],
    lax: [],
  })
})

test('every procedure that takes an input has a sample of it', () => {
  const without = procedures.filter(({ path, inputSchema }) => inputSchema !== undefined && !samples[path])
  const advice = 'Add a line for each of these to test/server/api/samples/<area>.ts'
  expect({ [advice]: paths(without) }).toEqual({ [advice]: [] })
  const known = new Set(paths(procedures))
  expect(Object.keys(samples).filter((path) => !known.has(path))).toEqual([])
})

describe('refuses whoever may not, and writes nothing but that it did', () => {
  test.each(paths(procedures))('%s', async (path) => {
    const denied = world.callers.filter((caller) => !isAllowed(caller, path))
    await world.writes.take()
    const calls = denied.flatMap((caller) =>
      [world.here, world.elsewhere, world.absent].map(async (ids) => {
        const answer = await api.call(path, caller, inputOf(path, ids))
        const expected = caller.role === 'nobody' ? 401 : 403
        expect({ caller: caller.title, status: answer.status }).toEqual({
          caller: caller.title,
          status: expected,
        })
      }),
    )
    await Promise.all(calls)
    const members = denied.filter(({ role }) => role !== 'nobody' && role !== 'no_member').length
    const writes = await world.writes.take()
    expect(writes).toEqual(
      Array.from({ length: members * 3 }, () => ({
        table: 'audit_log',
        op: 'INSERT',
        workspace: world.here.workspaceId,
        outcome: 'denied',
      })),
    )
  })
})

describe('answers about another workspace’s things as about things that are not', () => {
  const ruled = procedures.filter(({ path }) => ruleOf(path) !== 'public')
  test.each(paths(ruled))('%s', async (path) => {
    const admin = callerOf('admin')
    await world.writes.take()
    const theirs = await api.call(path, admin, inputOf(path, world.elsewhere))
    const written = await world.writes.take()
    const absent = await api.call(path, admin, inputOf(path, world.absent))
    expect(theirs.text).not.toContain(world.marker)
    expect(theirs.status).not.toBe(500)
    expect(written.filter(({ workspace }) => workspace === world.elsewhere.workspaceId)).toEqual([])
    expect(withoutNames(theirs.text, world.elsewhere, theirs.status)).toEqual(
      withoutNames(absent.text, world.absent, absent.status),
    )
  })
})

describe('lets whoever has the least role that it takes', () => {
  const ordered = procedures.toSorted((a, b) => lastness(a) - lastness(b))
  test.each(paths(ordered.filter(({ path }) => isRole(ruleOf(path)))))('%s', async (path) => {
    const rule = ruleOf(path)
    const answer = await api.call(
      path,
      callerOf(rule === 'viewer' || rule === 'editor' ? rule : 'admin'),
      inputOf(path, world.here),
    )
    const refused = outcomes[path] !== answer.status && [401, 403, 404, 500].includes(answer.status)
    expect({ answer, refused }).toEqual({ answer, refused: false })
    expect(answer.text).not.toContain('"problems":[{"path"')
    expect(answer.text).not.toContain(world.marker)
  })
})

function isAllowed({ role }: Caller, path: string): boolean {
  const rule = ruleOf(path)
  if (rule === 'public') return true
  if (rule === 'signed_in') return role !== 'nobody'
  return rule !== undefined && role !== 'nobody' && role !== 'no_member' && mayAct(role, rule)
}

function callerOf(role: 'viewer' | 'editor' | 'admin'): Caller {
  const found = world.callers.find((caller) => caller.role === role)
  if (!found) throw new Error(`There is no ${role}.`)
  return found
}

function inputOf(path: string, ids: Ids): unknown {
  const sample: Sample | undefined = samples[path]
  return sample?.(ids)
}

function isRole(rule: string | undefined): boolean {
  return rule === 'viewer' || rule === 'editor' || rule === 'admin'
}

/** What takes something away comes last, so that there is something to look at until then. */
function lastness({ path }: ListedProcedure): number {
  if (/\.(remove|revoke|disconnect)/.test(path) || path === 'wipes.start') return 2
  return /\.(start|cancel|undo|decide|discard|retry|resync)/.test(path) ? 1 : 0
}

function paths(list: readonly ListedProcedure[]): string[] {
  return list.map(({ path }) => path)
}

/** Every object that is sent says which names it has, or is a map that the procedure reads as a whole. */
function isStrict(schema: Record<string, unknown>): boolean {
  const parts = [schema['anyOf'], schema['oneOf']].flatMap((list) => (Array.isArray(list) ? list : []))
  if (parts.length > 0) return parts.every((part) => isStrict(part as Record<string, unknown>))
  return schema['type'] !== 'object' || schema['additionalProperties'] === false
}

/** An answer without the ids it is about and without what differs between any two calls. */
function withoutNames(text: string, ids: Ids, status: number): { status: number; text: string } {
  if (status === 200) return { status, text: '' }
  let plain = text.replaceAll(/fresh-\d+/g, 'name')
  for (const id of Object.values(ids)) plain = plain.replaceAll(String(id), 'id')
  return { status, text: plain }
}

async function readSamples(): Promise<{ samples: Samples; outcomes: Outcomes }> {
  const folder = join(import.meta.dirname, 'samples')
  const modules = await Promise.all(
    readdirSync(folder).map(
      async (file): Promise<{ samples: Samples; outcomes?: Outcomes }> => await import(join(folder, file)),
    ),
  )
  return {
    samples: Object.assign({}, ...modules.map((module) => module.samples)),
    outcomes: Object.assign({}, ...modules.map((module) => module.outcomes ?? {})),
  }
}
