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
  const publishing = useMutation({
    mutationFn: () =>
      apiClient.connectors.publish.mutate({
        name,
        revision,
        ...(choices.note.trim() ? { note: choices.note } : {}),
        ...(choices.accepted ? { acceptIncompatible: true } : {}),
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.connectors.pathKey() }),
  })
  if (publishing.data)
    return <PublishedDialog name={name} version={publishing.data.version} onClose={onClose} />
  const able = mayPublish && isReady(review.data, choices.accepted)
  return (
    <Dialog
      open
      width="wide"
      title={words.publishTitle(title)}
      description={words.publishHint}
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
            <>
              <ReviewView own={own} review={found} files={files} />
              {mayPublish && found.problems.length === 0 && (
                <Choices verdict={found.verdict} choices={choices} onChange={setChoices} />
              )}
            </>
          )}
        </Loaded>
      </div>
    </Dialog>
  )
}

interface PublishChoices {
  readonly note: string
  /** Whether the person knows what breaks. */
  readonly accepted: boolean
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

function isReady(review: ConnectorReview | undefined, accepted: boolean): boolean {
  if (!review || review.problems.length > 0 || review.verdict === 'same') return false
  return review.verdict !== 'incompatible' || accepted
}
