import type { ReactNode } from 'react'
import type { RunObject, RunState } from '../api/answers.ts'
import { runsText } from '../strings/runs.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import { objectLooks, runLooks } from './run-looks.ts'

/** The state of a run. */
export function RunStateBadge({ state }: { readonly state: RunState }): ReactNode {
  return <StatusBadge status={runLooks[state]} word={runsText.states[state]} />
}

/** The state of an object within a run. */
export function ObjectStateBadge({ state }: { readonly state: RunObject['state'] }): ReactNode {
  return <StatusBadge status={objectLooks[state]} word={runsText.objectStates[state]} />
}
