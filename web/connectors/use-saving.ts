import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, apiClient, codeOf, detailsOf, queryClient, sentenceOf } from '../api/client.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { announce } from '../ui/live-region.tsx'
import { toastFailed } from '../ui/toaster.tsx'
import { type ConnectorFiles, keepFiles, keptFiles, sameFiles } from './kept-files.ts'
import { nameIn } from './manifest-file.ts'

/** The files as the server has them, and the revision they are. */
export interface SavedFiles {
  readonly files: ConnectorFiles
  /** Null: they were never saved. */
  readonly revision: number | null
}

/** As above, once they were saved. */
export interface Saved extends SavedFiles {
  readonly revision: number
}

/** What someone else saved meanwhile. */
export interface SaveConflict {
  readonly sentence: string
  readonly revision: number
  readonly files: ConnectorFiles
}

export interface Saving {
  readonly revision: number | null
  readonly dirty: boolean
  readonly busy: boolean
  readonly conflict: SaveConflict | undefined
  /** Saves what there is to save; answers the revision, undefined where it was refused. */
  readonly save: () => Promise<number | undefined>
  /** Saves mine in place of what someone else saved. */
  readonly overwrite: () => void
  readonly forgetConflict: () => void
}

interface SavingInput {
  /** `new` for a connector that is not there yet: it is called what its manifest says. */
  readonly name: string
  readonly files: ConnectorFiles
  /** What the edits began with. */
  readonly start: SavedFiles
  readonly onSaved: (name: string, saved: Saved) => void
}

/** Saves a connector's draft. Edits that are not saved stay in this browser. */
export function useSaving({ name, files, start, onSaved }: SavingInput): Saving {
  const [saved, setSaved] = useState(start)
  const [conflict, setConflict] = useState<SaveConflict>()
  const isNew = name === 'new'
  const sending = useMutation({
    mutationFn: async (base: number | null) => {
      const target = isNew ? nameIn(files.manifest) : name
      if (target === undefined) throw new Error(words.nameFirst)
      const sent = { manifest: files.manifest, records: { ...files.records } }
      const { revision } = await apiClient.connectors.saveDraft.mutate({
        name: target,
        baseRevision: isNew ? null : base,
        ...sent,
      })
      setSaved({ files: sent, revision })
      setConflict(undefined)
      keepLater(name, target, { files: sent, revision })
      announce(words.savedAs(target))
      void queryClient.invalidateQueries({ queryKey: api.connectors.own.queryKey() })
      onSaved(target, { files: sent, revision })
      return revision
    },
    onError: (error) => {
      const found = isNew ? undefined : conflictOf(error)
      if (found) setConflict(found)
      else toastFailed(sentenceOf(error))
    },
  })
  const dirty = saved.revision === null || !sameFiles(saved.files, files)
  const send = async (base: number | null): Promise<number | undefined> =>
    sending.mutateAsync(base).catch(() => undefined)
  return {
    revision: saved.revision,
    dirty,
    busy: sending.isPending,
    conflict,
    save: async () => (dirty ? await send(saved.revision) : (saved.revision ?? undefined)),
    overwrite: () => void send(conflict?.revision ?? null),
    forgetConflict: () => setConflict(undefined),
  }
}

/** What was written while the save was on its way is not saved yet: it stays kept, under the name that the connector has now. */
function keepLater(name: string, target: string, { files, revision }: Saved): void {
  const kept = keptFiles(name)
  if (target !== name) keepFiles(name, undefined)
  keepFiles(target, kept && !sameFiles(kept, files) ? { ...kept, base: revision } : undefined)
}

function conflictOf(error: unknown): SaveConflict | undefined {
  const { revision, files } = detailsOf(error)
  if (codeOf(error) !== 'CONFLICT' || typeof revision !== 'number' || !isFiles(files)) return undefined
  return { sentence: sentenceOf(error), revision, files }
}

function isFiles(value: unknown): value is ConnectorFiles {
  return (
    typeof value === 'object' &&
    value !== null &&
    'manifest' in value &&
    typeof value.manifest === 'string' &&
    'records' in value &&
    typeof value.records === 'object' &&
    value.records !== null
  )
}
