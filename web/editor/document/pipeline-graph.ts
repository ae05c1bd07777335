import type {
  CanvasLayout,
  DraftDestination,
  DraftDocument,
  DraftSource,
  Protection,
  StepId,
} from './draft-document.ts'

/** What each kind of step carries of the document. Together they are the whole of it. */
export type PipelineStep = SourceStep | ProtectionStep | DestinationStep

export interface SourceStep {
  readonly id: 'source'
  readonly kind: 'source'
  /** Undefined while objects are named but nobody said of what. */
  readonly source: DraftSource | undefined
  readonly objects: Readonly<Record<string, ChosenObject | null>>
}

interface ChosenObject {
  readonly startAt?: string
}

export interface ProtectionStep {
  readonly id: 'protection'
  readonly kind: 'protection'
  readonly fields: Readonly<Record<string, Readonly<Record<string, Protection>>>>
}

export interface DestinationStep {
  readonly id: 'destination'
  readonly kind: 'destination'
  readonly destination: DraftDestination
}

/** A document as the canvas draws it: steps in the order data flows through them, edges between neighbours, and what belongs to none of them. */
export interface PipelineGraph {
  readonly steps: readonly PipelineStep[]
  readonly edges: readonly (readonly [from: StepId, to: StepId])[]
  readonly settings: Omit<DraftDocument, 'source' | 'objects' | 'destination'>
}

/** The graph of a document. `documentOf` gives the very document back. */
export function graphOf(document: DraftDocument, layout: Pick<CanvasLayout, 'protection'>): PipelineGraph {
  const { source, objects, destination, ...settings } = document
  const fields = Object.fromEntries(
    Object.entries(objects).flatMap(([name, choice]) => (choice?.fields ? [[name, choice.fields]] : [])),
  )
  const steps: PipelineStep[] = []
  const isRead = source !== undefined || Object.keys(objects).length > 0
  if (isRead) steps.push({ id: 'source', kind: 'source', source, objects: withoutFields(objects) })
  if (isRead && (layout.protection || Object.keys(fields).length > 0))
    steps.push({ id: 'protection', kind: 'protection', fields })
  if (destination) steps.push({ id: 'destination', kind: 'destination', destination })
  return { steps, edges: edgesBetween(steps), settings }
}

/** The document that a graph was made of: to the graph and back changes nothing. */
export function documentOf({ steps, settings }: PipelineGraph): DraftDocument {
  const document: DraftDocument = { ...settings, objects: {} }
  for (const step of steps) {
    switch (step.kind) {
      case 'source':
        if (step.source) document.source = step.source
        document.objects = { ...step.objects }
        break
      case 'protection':
        for (const [name, fields] of Object.entries(step.fields))
          document.objects[name] = { ...document.objects[name], fields }
        break
      case 'destination':
        document.destination = step.destination
    }
  }
  return document
}

function withoutFields(objects: DraftDocument['objects']): SourceStep['objects'] {
  return Object.fromEntries(
    Object.entries(objects).map(([name, choice]) => {
      if (choice === null) return [name, null]
      const { fields: _, ...rest } = choice
      return [name, rest]
    }),
  )
}

function edgesBetween(steps: readonly PipelineStep[]): PipelineGraph['edges'] {
  return steps.flatMap((step, index) => {
    const before = steps[index - 1]
    return before ? [[before.id, step.id] as const] : []
  })
}
