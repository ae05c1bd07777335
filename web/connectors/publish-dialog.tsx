import { useMutation, useQuery } from '@tanstack/react-query'
import { Rocket } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { ConnectorReview, OwnConnector } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { uiText } from '../strings/ui.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { ConnectorFiles } from './kept-files.ts'
import { PublishedDialog } from './published-dialog.tsx'
import { PipelineChoice, suggestPipelines } from './pipeline-choice.tsx'
import { ReviewView } from './review-view.tsx'

interface PublishDialogProps {
  readonly own: OwnConnector
  /** Of the draft that is to be published. */
  readonly revision: number
  readonly files: ConnectorFiles
  readonly onClose: () => void
}

/** What publishing would change, for whom; then the version that it made, and the way to a connection. */
export function PublishDialog({ own, revision, files, onClose }: PublishDialogProps): ReactNode {
  const { name, title } = own
  const mayPublish = useMay()('connectors.publish')
  const review = useQuery(
    api.connectors.review.queryOptions({ name, revision }, { staleTime: 0, gcTime: 0, retry: false }),
  )
  const [choices, setChoices] = useState<PublishChoices>({ note: '', accepted: false })
  const publishing = usePublishing({ name, revision, choices, review: review.data })
  if (publishing.data)
    return <PublishedDialog name={name} version={publishing.data.version} onClose={onClose} />
  const able = mayPublish && isReady(review.data, choices.accepted)
  return (
    <Dialog
      open
      width="wide"
      title={words.publishTitle(title)}
      description={own.publishedVersion === null ? words.publishFirstHint : words.publishHint}
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <Button
            look="primary"
            icon={Rocket}
            busy={publishing.isPending}
            disabled={!able}
            onClick={() => publishing.mutate()}
          >
            {words.publish}
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        {!mayPublish && <Notice tone="info">{words.adminsOnly}</Notice>}
        {publishing.isError && <ErrorBanner message={sentenceOf(publishing.error)} />}
        <Loaded query={review} sentence={sentenceOf} rows={4}>
          {(found) => (
            <Reviewed
              own={own}
              review={found}
              files={files}
              choices={mayPublish ? choices : undefined}
              onChange={setChoices}
            />
          )}
        </Loaded>
      </div>
    </Dialog>
  )
}

interface Publishing {
  readonly name: string
  readonly revision: number
  readonly choices: PublishChoices
  readonly review: ConnectorReview | undefined
}

function usePublishing({ name, revision, choices, review }: Publishing) {
  return useMutation({
    mutationFn: () =>
      apiClient.connectors.publish.mutate({
        name,
        revision,
        ...(choices.note.trim() ? { note: choices.note } : {}),
        ...(choices.accepted ? { acceptIncompatible: true } : {}),
        pipelineIds: [...pipelinesOf(choices, review)],
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.connectors.pathKey() }),
  })
}

interface ReviewedProps {
  readonly own: OwnConnector
  readonly review: ConnectorReview
  readonly files: ConnectorFiles
  /** Undefined: the person may look only. */
  readonly choices: PublishChoices | undefined
  readonly onChange: (choices: PublishChoices) => void
}

function Reviewed({ own, review, files, choices, onChange }: ReviewedProps): ReactNode {
  const { pipelines, problems, verdict } = review
  if (!choices || problems.length > 0) return <ReviewView own={own} review={review} files={files} />
  const chosen = pipelinesOf(choices, review)
  const choice = (
    <PipelineChoice
      pipelines={pipelines}
      chosen={chosen}
      onChange={(next) => onChange({ ...choices, pipelines: next })}
    />
  )
  return (
    <>
      <ReviewView
        own={own}
        review={review}
        files={files}
        pipelineChoice={verdict === 'same' ? undefined : choice}
      />
      <Choices verdict={verdict} choices={choices} onChange={onChange} />
    </>
  )
}

interface PublishChoices {
  readonly note: string
  /** Whether the person knows what breaks. */
  readonly accepted: boolean
  /** Whose runs read with it. Absent: as suggested. */
  readonly pipelines?: ReadonlySet<string>
}

interface ChoicesProps {
  readonly verdict: ConnectorReview['verdict']
  readonly choices: PublishChoices
  readonly onChange: (choices: PublishChoices) => void
}

function Choices({ verdict, choices, onChange }: ChoicesProps): ReactNode {
  if (verdict === 'same') return null
  return (
    <>
      <TextField
        label={words.note}
        hint={words.noteHint}
        maxLength={500}
        value={choices.note}
        onChange={(note) => onChange({ ...choices, note })}
      />
      {verdict === 'incompatible' && (
        <Checkbox
          label={words.accept}
          checked={choices.accepted}
          onChange={(accepted) => onChange({ ...choices, accepted })}
        />
      )}
    </>
  )
}

function pipelinesOf(choices: PublishChoices, review: ConnectorReview | undefined): ReadonlySet<string> {
  return choices.pipelines ?? suggestPipelines(review?.pipelines ?? [])
}

function isReady(review: ConnectorReview | undefined, accepted: boolean): boolean {
  if (!review || review.problems.length > 0 || review.verdict === 'same') return false
  return review.verdict !== 'incompatible' || accepted
}
