import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { Select } from '../ui/select.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.retention

type Retention = Answers['settings']['get']['retention']

/** Days; null is for ever. The server allows other numbers, too, between the least of these and ten years. */
const logChoices: readonly number[] = [7, 14, 30, 90, 180, 365]
const runChoices: readonly (number | null)[] = [null, 90, 180, 365, 730, 1825]

/** How long runs and their logs are kept. What is to be kept for less time than before goes only after a question. */
export function RetentionSection(): ReactNode {
  const settings = useQuery(api.settings.get.queryOptions())
  const [asked, setAsked] = useState<Retention>()
  const change = useChange({
    change: (retention: Retention) => apiClient.settings.update.mutate({ retention }),
    stale: api.settings.pathKey(),
    done: settingsText.saved,
    onDone: () => setAsked(undefined),
  })
  return (
    <Card title={settingsText.sections.retention} description={text.description}>
      <Loaded query={settings} sentence={sentenceOf} rows={2}>
        {({ retention }) => (
          <RetentionFields
            now={retention}
            busy={change.isPending}
            onChange={(next) => (isShorter(next, retention) ? setAsked(next) : change.mutate(next))}
          />
        )}
      </Loaded>
      <div className="mt-4">
        <Notice tone="idle">{text.note}</Notice>
      </div>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(open) => setAsked(open ? asked : undefined)}
        title={text.shorterTitle}
        action={text.shorterAction}
        busy={change.isPending}
        onConfirm={() => asked && change.mutate(asked)}
      >
        <p>{text.shorterText}</p>
      </ConfirmDialog>
    </Card>
  )
}

interface RetentionFieldsProps {
  readonly now: Retention
  readonly busy: boolean
  readonly onChange: (next: Retention) => void
}

function RetentionFields({ now, busy, onChange }: RetentionFieldsProps): ReactNode {
  const { logDays, runDays } = now
  const logs = withOwn(logChoices, logDays).filter((days) => runDays === null || days <= runDays)
  const runs = withOwn(runChoices, runDays).filter((days) => days === null || days >= logDays)
  return (
    <div className="grid max-w-xl gap-4 sm:grid-cols-2">
      <Field label={text.logs} hint={text.logsHint}>
        {(control) => (
          <Select
            {...control}
            disabled={busy}
            value={String(logDays)}
            options={logs.map((days) => ({ value: String(days), label: text.days(days) }))}
            onChange={(days) => onChange({ logDays: Number(days), runDays })}
          />
        )}
      </Field>
      <Field label={text.runs} hint={text.runsHint}>
        {(control) => (
          <Select
            {...control}
            disabled={busy}
            value={String(runDays)}
            options={runs.map((days) => ({
              value: String(days),
              label: days === null ? text.forEver : text.days(days),
            }))}
            onChange={(days) => onChange({ logDays, runDays: days === 'null' ? null : Number(days) })}
          />
        )}
      </Field>
    </div>
  )
}

/** The choices, and among them what is set, whoever set it. */
function withOwn<Days extends number | null>(choices: readonly Days[], own: Days): readonly Days[] {
  return choices.includes(own) ? choices : [...choices, own].toSorted((a, b) => (a ?? -1) - (b ?? -1))
}

function isShorter(next: Retention, now: Retention): boolean {
  return next.logDays < now.logDays || (next.runDays ?? Infinity) < (now.runDays ?? Infinity)
}
