import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Copy, Download, Ellipsis, FolderInput, History, Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { PipelineSummary } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { withoutMarks } from '../strings/catalogue.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { runsText } from '../strings/runs.ts'
import { uiText } from '../strings/ui.ts'
import { download } from '../ui/download.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, type MenuItems } from '../ui/menu.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { PipelineDialogs, type PipelineQuestion } from './pipeline-dialogs.tsx'
import type { PipelineActs } from './use-pipeline-acts.ts'

interface PipelineMenuProps {
  readonly pipeline: PipelineSummary
  readonly perform: PipelineActs['perform']
}

/** Everything that can be done to one pipeline. */
export function PipelineMenu({ pipeline, perform }: PipelineMenuProps): ReactNode {
  const [question, setQuestion] = useState<PipelineQuestion>()
  const items = usePipelineItems(pipeline, perform, setQuestion)
  return (
    <>
      <Menu
        trigger={<IconButton size="small" icon={Ellipsis} label={uiText.moreFor(pipeline.name)} />}
        items={items}
      />
      {question && (
        <PipelineDialogs question={question} pipeline={pipeline} onClose={() => setQuestion(undefined)} />
      )}
    </>
  )
}

function usePipelineItems(
  pipeline: PipelineSummary,
  perform: PipelineActs['perform'],
  ask: (question: PipelineQuestion) => void,
): MenuItems {
  const { id, name, paused, published } = pipeline
  const may = useMay()
  const navigate = useNavigate()
  const duplicate = useDuplicate()
  const openRuns = (): void => void navigate({ to: '/runs', search: { pipeline: id } })
  const open = (): void => void navigate({ to: '/pipelines/$id/edit', params: { id } })
  if (!may('pipelines.pause')) {
    return [
      { label: pipelinesText.open, icon: Pencil, onSelect: open },
      { label: runsText.title, icon: History, onSelect: openRuns },
      { label: pipelinesText.export, icon: Download, onSelect: () => void saveYaml(pipeline) },
    ]
  }
  return [
    {
      label: pipelinesText.runNow,
      icon: Play,
      disabled: published === null,
      onSelect: () => perform('run', [pipeline]),
    },
    {
      label: paused ? pipelinesText.resume : pipelinesText.pause,
      icon: Pause,
      disabled: published === null,
      onSelect: () => perform(paused ? 'resume' : 'pause', [pipeline]),
    },
    'line',
    { label: pipelinesText.open, icon: Pencil, onSelect: open },
    { label: runsText.title, icon: History, onSelect: openRuns },
    'line',
    { label: pipelinesText.rename, icon: Pencil, onSelect: () => ask('rename') },
    {
      label: pipelinesText.duplicate,
      icon: Copy,
      onSelect: () => duplicate.mutate({ id, name: withoutMarks(pipelinesText.copyName(name)) }),
    },
    { label: pipelinesText.moveTo, icon: FolderInput, onSelect: () => ask('move') },
    { label: pipelinesText.export, icon: Download, onSelect: () => void saveYaml(pipeline) },
    'line',
    { label: pipelinesText.remove, icon: Trash2, danger: true, onSelect: () => ask('remove') },
  ]
}

function useDuplicate() {
  return useMutation(
    api.pipelines.duplicate.mutationOptions({
      onSuccess: async (_, { name: copy }) => {
        toastDone(pipelinesText.duplicated(copy))
        await queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
      },
      onError: (error) => toastFailed(sentenceOf(error)),
    }),
  )
}

async function saveYaml({ id, name }: PipelineSummary): Promise<void> {
  try {
    const { yaml } = await apiClient.pipelines.export.query({ id })
    download(`${name}.yaml`, 'application/yaml', yaml)
  } catch (error) {
    toastFailed(sentenceOf(error))
  }
}
