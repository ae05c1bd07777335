import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { EditorProblem } from './document/problem.ts'
import { mergeProblems, validateDraft } from './document/validate-draft.ts'
import type { Catalogue, SavedConnection } from './document/catalogue.ts'
import type { EditorData } from './data/use-editor-data.ts'
import type { EditorSurroundings } from './state/editor-context.ts'
import type { EditorSession } from './state/editor-session.ts'
import { recommendedObjects } from './source/object-choices.ts'
import type { DraftDocument } from './document/draft-document.ts'

interface Outside {
  readonly published: DraftDocument | undefined
  readonly connect: EditorSurroundings['connect']
}

/** Everything around the document: what can be connected, what the source offers, and all problems, the server's beside the editor's. */
export function useWholeSurroundings(
  { store, saving }: EditorSession,
  { connections, catalogues, connectors }: EditorData,
  { published, connect }: Outside,
): EditorSurroundings {
  const document = useStore(store, ({ content }) => content.document)
  const verdict = useStore(saving, (state) => state.verdict)
  const catalogue = catalogues.get(document.source?.connector ?? '')
  const problems = useMemo(
    (): readonly EditorProblem[] =>
      mergeProblems(validateDraft(document, factsOf(catalogue, connections)), verdict, document),
    [document, verdict, catalogue, connections],
  )
  return useMemo(
    () => ({
      ...factsOf(catalogue, connections),
      problems,
      connectors,
      published,
      connect,
      recommended: (connector: string) => {
        const offered = catalogues.get(connector)
        return offered && recommendedObjects(offered, undefined)
      },
    }),
    [catalogue, connections, problems, connectors, published, connect, catalogues],
  )
}

function factsOf(
  catalogue: Catalogue | undefined,
  connections: readonly SavedConnection[] | undefined,
): Pick<EditorSurroundings, 'catalogue' | 'connections'> {
  return { ...(catalogue ? { catalogue } : {}), ...(connections ? { connections } : {}) }
}
