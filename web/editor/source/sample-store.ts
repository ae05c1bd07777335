import { create } from 'zustand'
import { apiClient, sentenceOf } from '../../api/client.ts'
import type { DraftDocument } from '../document/draft-document.ts'

/** Examples of one object's fields: personal values come masked. */
export type ObjectSamples =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | {
      readonly kind: 'shown'
      readonly records: number
      /** By the field's path: as it is, and as its token begins once it is hashed. */
      readonly fields: ReadonlyMap<string, { readonly shown: string; readonly hashed: string }>
    }

interface SampleState {
  /** By connection and object. */
  readonly known: ReadonlyMap<string, ObjectSamples>
}

/** Examples that were asked for while this editor is open. They live in memory only. */
export const useSampleState = create<SampleState>(() => ({ known: new Map() }))

/** Under what the examples of an object are kept; undefined while there is no connection to ask. */
export function sampleKey({ source }: DraftDocument, object: string): string | undefined {
  return typeof source?.connection === 'string' ? `${source.connection} ${object}` : undefined
}

/** Asks the server for examples of an object's fields, live from the source. Rejects with a sentence. */
export async function loadSamples(document: DraftDocument, object: string): Promise<ObjectSamples> {
  const key = sampleKey(document, object)
  if (key === undefined) return { kind: 'failed' }
  keep(key, { kind: 'loading' })
  try {
    const input = { document: { ...document }, object }
    const { records, samples } = await apiClient.pipelines.samples.mutate(input)
    const fields = new Map(samples.map(({ path, shown, hashed }) => [path, { shown, hashed }]))
    return answer(key, { kind: 'shown', records, fields })
  } catch (error) {
    answer(key, { kind: 'failed' })
    throw new Error(sentenceOf(error), { cause: error })
  }
}

/** Nothing of it is left, as when the editor closes. */
export function forgetSamples(): void {
  useSampleState.setState({ known: new Map() })
}

/** Keeps what came, unless it was forgotten while it was on its way. */
function answer(key: string, samples: ObjectSamples): ObjectSamples {
  return useSampleState.getState().known.has(key) ? keep(key, samples) : samples
}

function keep(key: string, samples: ObjectSamples): ObjectSamples {
  useSampleState.setState(({ known }) => ({ known: new Map(known).set(key, samples) }))
  return samples
}
