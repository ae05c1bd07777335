import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import type { Run } from '../api/answers.ts'
import type { Flow } from '../editor/canvas/flow.ts'
import { LiveWords } from '../editor/canvas/live-words.ts'
import { RunCanvas } from '../editor/canvas/run-canvas.tsx'
import { runsText } from '../strings/runs.ts'
import { classNames } from '../ui/class-names.ts'
import { count } from '../ui/count.ts'
import { useInSight } from '../ui/use-in-sight.ts'
import { useRunFlow } from './use-run-flow.ts'

const route = getRouteApi('/frame/pipelines/$id/runs/$run')
const source = 'object:'

/**
 * The pipeline as the run ran it, with what is happening at each object. It comes after the table, which is the truth; out of sight it
 * stays as it was.
 */
export function RunPicture({ run }: { readonly run: Run }): ReactNode {
  const { object } = route.useSearch()
  const navigate = route.useNavigate()
  const { ref, inSight } = useInSight()
  const shown = useWhile(inSight, run)
  const flow = useRunFlow(shown)
  const show = useCallback(
    (step: string): void => {
      if (!step.startsWith(source)) return
      void navigate({
        search: (old) => ({ ...old, object: step.slice(source.length) }),
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  if (!flow) return null
  return (
    <section
      ref={ref}
      aria-label={runsText.picture}
      className={classNames(
        'bg-surface h-96 overflow-hidden rounded-lg border max-sm:hidden',
        !inSight && '[&_.animate-spin]:animate-none',
      )}
    >
      <LiveWords value={wordsOf(flow, shown)}>
        <RunCanvas
          flow={flow}
          current={object === undefined ? undefined : `${source}${object}`}
          onChoose={show}
        />
      </LiveWords>
    </section>
  )
}

/** A value as it is while `going`, and as it last was while not. */
function useWhile<Value>(going: boolean, value: Value): Value {
  const [kept, keep] = useState(value)
  if (going && kept !== value) keep(value)
  return going ? value : kept
}

/** What stands below each card's name: the counts of an object, the state of the whole run elsewhere. */
function wordsOf({ steps }: Flow, { state, objects }: Run): ReadonlyMap<string, string> {
  const counts = objects.map(
    ({ object, extracted, loaded }) =>
      [`${source}${object}`, runsText.liveWord(count(extracted), count(loaded))] as const,
  )
  const others = steps.filter(({ kind }) => kind !== 'object')
  return new Map([...counts, ...others.map(({ id }) => [id, runsText.states[state]] as const)])
}
