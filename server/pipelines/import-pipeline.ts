import { readYaml } from '@penstock/connectors/read-yaml.ts'
import type { YamlAnswer, YamlRefusal } from '@penstock/connectors/read-yaml.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { listKnownConnections } from '../store/known-connection-rows.ts'
import { createPipelineInside } from './create-pipeline.ts'
import { isBounded, largestDocument, mostMembers } from './is-bounded.ts'
import { judgeInWorkspace } from './judge-in-workspace.ts'
import type { KnownConnections } from './known-connection.ts'
import type { JudgedProblem } from './problem.ts'
import { whyNot, yamlProblem } from './yaml-problem.ts'

/** An imported pipeline: a draft, with all that is to be done before it can be published. */
export interface ImportedPipeline {
  readonly id: string
  readonly problems: readonly JudgedProblem[]
  /** Connections that the document names and this workspace does not have. */
  readonly unbound: readonly { readonly side: 'source' | 'destination'; readonly name: string }[]
}

type Dictionary = Readonly<Record<string, unknown>>

/**
 * Makes a draft of a YAML (or JSON) document. Its connections are found by their names. Settings that stand in the document, as the
 * command line has them, are left out: nothing of them is kept. Throws `INVALID`, with every reason and the place of the first,
 * for a text that is no document.
 */
export async function importPipeline(
  actor: Actor,
  input: { readonly yaml: string; readonly projectId?: string | null | undefined },
): Promise<ImportedPipeline> {
  const read = readDocument(input.yaml)
  return await actor.transaction(async (tx) => {
    const known = await listKnownConnections(tx, actor.workspaceId)
    const source = bind('source', read, known)
    const destination = bind('destination', read, known)
    const { name: given } = read
    // The first 200 characters, none of them halved.
    const name = (typeof given === 'string' && /^.{0,200}/su.exec(given.trim())?.[0]) || 'Imported pipeline'
    const document = { ...read, ...source.part, ...destination.part, name }
    const { id } = await createPipelineInside(
      tx,
      actor,
      { name, projectId: input.projectId, document },
      'pipeline.import',
    )
    const { problems } = await judgeInWorkspace(tx, actor, document)
    return { id, problems, unbound: [...source.unbound, ...destination.unbound] }
  })
}

function readDocument(yaml: string): Dictionary {
  const answer = mayFit(yaml) ? readYaml(yaml, largestDocument) : { refused: [tooMany] }
  if ('value' in answer && isDictionary(answer.value) && isBounded(answer.value)) return answer.value
  const [first = noDocument, ...others] = reasons(answer)
  const problems = [first, ...others].map((refusal) => ({ ...yamlProblem(refusal), severity: 'error' }))
  const { line, column, fix } = first
  throw new DomainError('INVALID', `This cannot be imported. ${whyNot(first)} ${fix}`, {
    details: { problems, line, column },
  })
}

/** Each member begins a line or follows a comma; reading them takes long, counting them does not. */
function mayFit(yaml: string): boolean {
  let marks = 0
  for (const _ of yaml.matchAll(/[\n,]/g)) if (++marks > 2 * mostMembers) return false
  return true
}

function reasons(answer: YamlAnswer): readonly YamlRefusal[] {
  if ('refused' in answer) return answer.refused
  return isBounded(answer.value) ? [] : [tooMany]
}

const tooMany: YamlRefusal = {
  why: `It has more than ${mostMembers} lines and members.`,
  fix: 'Divide it into several pipelines.',
}

const noDocument: YamlRefusal = {
  why: 'It is no document: name, source, objects and destination are expected.',
  fix: 'Write the document as plain YAML or JSON.',
}

/** One side of the document with its connection's id in the place of its name. */
function bind(
  side: 'source' | 'destination',
  document: Dictionary,
  known: KnownConnections,
): { readonly part: Dictionary; readonly unbound: ImportedPipeline['unbound'] } {
  const part = document[side]
  if (!isDictionary(part)) return { part: {}, unbound: [] }
  const { connection, ...rest } = part
  if (typeof connection !== 'string') return { part: { [side]: rest }, unbound: [] }
  const found =
    [...known.values()].find(({ kind, name }) => kind === side && name === connection) ??
    known.get(connection)
  if (found) return { part: { [side]: { ...rest, connection: found.id } }, unbound: [] }
  return { part: {}, unbound: [{ side, name: connection }] }
}

function isDictionary(value: unknown): value is Dictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
