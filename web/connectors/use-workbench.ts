import { useMutation } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { apiClient, sentenceOf } from '../api/client.ts'
import { toastFailed } from '../ui/toaster.tsx'
import type { ConnectorFiles } from './kept-files.ts'

export type CheckAnswer = Answers['connectors']['check']

export interface WorkbenchState {
  readonly files: ConnectorFiles
  /** The server's word about the files as they were last checked. */
  readonly checked: CheckAnswer | undefined
  readonly checking: boolean
  readonly check: () => void
  readonly change: (files: ConnectorFiles) => void
  /** Puts texts in place of what the text editor holds, which keeps its own. */
  readonly replace: (files: ConnectorFiles) => void
  /** How often that was done: the text editor opens anew with each number. */
  readonly opened: number
}

/** After so many milliseconds without typing the files are checked; as they open, at once. */
const pause = 700

/** The files that are edited, checked by the server whenever the typing pauses. `onChange` hears of each edit. */
export function useWorkbench(
  start: ConnectorFiles,
  mayCheck: boolean,
  onChange: (files: ConnectorFiles) => void,
): WorkbenchState {
  const [files, setFiles] = useState(start)
  const [opened, setOpened] = useState(0)
  const [first] = useState(files)
  const check = useMutation({
    mutationFn: () =>
      apiClient.connectors.check.mutate({ manifest: files.manifest, records: { ...files.records } }),
    onError: (error) => toastFailed(sentenceOf(error)),
  })
  // Until the next answer the last one stands: what it drew may have the focus, and a half-typed token in it.
  const [checked, setChecked] = useState<CheckAnswer>()
  if (check.data && check.data !== checked) setChecked(check.data)
  const checkNow = useEffectEvent(() => {
    if (mayCheck) check.mutate()
  })
  useEffect(() => {
    const timer = setTimeout(() => checkNow(), files === first ? 0 : pause)
    return () => clearTimeout(timer)
  }, [files, first])
  const change = (next: ConnectorFiles): void => {
    onChange(next)
    setFiles(next)
  }
  return {
    files,
    checked,
    checking: check.isPending,
    check: check.mutate,
    change,
    replace: (next) => {
      change(next)
      setOpened(opened + 1)
    },
    opened,
  }
}
