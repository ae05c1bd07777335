import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { LocateFixed, Play, RotateCw, Square } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Run } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { useKeysOf } from '../keyboard/preferences.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { isLive } from '../run-state/run-looks.ts'
import { runsText } from '../strings/runs.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'

interface RunActionsProps {
  readonly run: Run
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
}

/** What can be done to a run: stop it, start what failed again, run the pipeline again. */
export function RunActions({ run, follow, onFollow }: RunActionsProps): ReactNode {
  const may = useMay()
  const live = isLive(run.state)
  const [asking, setAsking] = useState(false)
  const acts = useRunActs(run, () => setAsking(false))
  const followKeys = useKeysOf('follow')
  useShortcut('follow', () => onFollow(!follow), live)
  useShortcut('stop', () => setAsking(true), live && may('runs.cancel'))
  const failed = run.objects.some(({ state }) => state === 'failed' || state === 'skipped')
  return (
    <>
      {live && (
        <IconButton
          icon={LocateFixed}
          label={runsText.follow}
          keys={followKeys}
          aria-pressed={follow}
          onClick={() => onFollow(!follow)}
        />
      )}
      <Link to="/pipelines/$id/edit" params={{ id: run.pipelineId }} className={buttonClass('plain')}>
        {runsText.openPipeline}
      </Link>
      {live && may('runs.cancel') && (
        <Button look="danger" icon={Square} onClick={() => setAsking(true)}>
          {runsText.stop}
        </Button>
      )}
      {!live && failed && may('runs.retryFailed') && (
        <Button icon={RotateCw} busy={acts.retry.isPending} onClick={() => acts.retry.mutate({ id: run.id })}>
          {runsText.retryFailed}
        </Button>
      )}
      {!live && may('runs.start') && (
        <Button
          look="primary"
          icon={Play}
          busy={acts.start.isPending}
          onClick={() => acts.start.mutate({ pipelineId: run.pipelineId })}
        >
          {runsText.runAgain}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={runsText.stopTitle}
        action={runsText.stop}
        cancel={runsText.keepRunning}
        busy={acts.stop.isPending}
        onConfirm={() => acts.stop.mutate({ id: run.id })}
      >
        <p>{runsText.stopText}</p>
      </ConfirmDialog>
    </>
  )
}

function useRunActs({ pipelineId }: Run, onStopped: () => void) {
  const navigate = useNavigate()
  const onError = (error: unknown): void => toastFailed(sentenceOf(error))
  const go = async ({ runId }: { readonly runId: string }): Promise<void> => {
    toastDone(runsText.started)
    await navigate({ to: '/pipelines/$id/runs/$run', params: { id: pipelineId, run: runId } })
  }
  return {
    start: useMutation(api.runs.start.mutationOptions({ onSuccess: go, onError })),
    retry: useMutation(api.runs.retryFailed.mutationOptions({ onSuccess: go, onError })),
    stop: useMutation(
      api.runs.cancel.mutationOptions({
        onSuccess: async () => {
          onStopped()
          toastDone(runsText.stopping)
          await queryClient.invalidateQueries({ queryKey: api.runs.pathKey() })
        },
        onError: (error) => {
          onStopped()
          onError(error)
        },
      }),
    ),
  }
}
