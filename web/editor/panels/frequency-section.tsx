import { type ReactNode, useId } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { Schedule } from '../document/draft-document.ts'
import { summariseSchedule } from '../document/summarise-step.ts'
import { problemsAt } from '../document/problem.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { ApiBudget } from './api-budget.tsx'
import { NextRuns } from './next-runs.tsx'

const scheduleOf = (state: EditorState): Schedule | undefined => state.content.document.schedule
const concurrencyOf = (state: EditorState): number | undefined => state.content.document.concurrency
const isReadOnly = (state: EditorState): boolean => state.readOnly

const choices = ['none', '15m', '30m', '1h', '6h', '1d', 'cron'] as const
type Choice = (typeof choices)[number]

/** How often the pipeline runs, and how much at once. */
export function FrequencySection(): ReactNode {
  const store = useEditorStore()
  const schedule = useEditor(scheduleOf)
  const readOnly = useEditor(isReadOnly)
  const connection = useEditor((state) => state.content.document.source?.connection)
  const set = (next: Schedule | undefined): void => {
    store.getState().run(next ? { type: 'setSchedule', schedule: next } : { type: 'setSchedule' })
  }
  const choose = (choice: Choice | 'other'): void => {
    if (choice === 'other') return
    if (choice === 'none') set(undefined)
    else if (choice === 'cron') set({ cron: '0 6 * * *', timezone: ownZone() })
    else set({ every: choice })
  }
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{words.schedule}</h3>
      <Segmented
        label={words.schedule}
        disabled={readOnly}
        value={choiceOf(schedule)}
        options={[
          ...choices.map((value) => ({ value, label: words.every[value] })),
          ...(choiceOf(schedule) === 'other'
            ? [{ value: 'other' as const, label: summariseSchedule(schedule) }]
            : []),
        ]}
        onChange={choose}
      />
      {schedule && 'cron' in schedule && <CronFields schedule={schedule} onChange={set} />}
      {schedule && <NextRuns schedule={schedule} />}
      <Concurrency />
      {typeof connection === 'string' && <ApiBudget connectionId={connection} />}
    </section>
  )
}

interface CronFieldsProps {
  readonly schedule: Extract<Schedule, { cron: string }>
  readonly onChange: (schedule: Schedule) => void
}

function CronFields({ schedule, onChange }: CronFieldsProps): ReactNode {
  const { problems } = useSurroundings()
  const cron = problemsAt(problems, '/schedule').find(({ pointer }) => pointer !== '/schedule/timezone')
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field
        label={words.cron}
        hint={words.cronHint}
        error={cron ? `${cron.message} ${cron.fix}` : undefined}
      >
        {(control) => (
          <Input
            {...control}
            spellCheck={false}
            className="font-mono"
            value={schedule.cron}
            onChange={(event) => onChange({ ...schedule, cron: event.target.value })}
          />
        )}
      </Field>
      <ZoneField
        zone={schedule.timezone ?? 'UTC'}
        onChange={(timezone) => onChange({ ...schedule, timezone })}
      />
    </div>
  )
}

interface ZoneFieldProps {
  readonly zone: string
  readonly onChange: (zone: string) => void
}

/** The zone by whose clocks a cron expression is read: typed, or one of those that the browser knows. */
function ZoneField({ zone, onChange }: ZoneFieldProps): ReactNode {
  const list = useId()
  const [problem] = problemsAt(useSurroundings().problems, '/schedule/timezone')
  return (
    <Field label={words.timezone} error={problem ? `${problem.message} ${problem.fix}` : undefined}>
      {(control) => (
        <>
          <Input
            {...control}
            spellCheck={false}
            list={list}
            value={zone}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {Intl.supportedValuesOf('timeZone').map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}

function Concurrency(): ReactNode {
  const store = useEditorStore()
  const concurrency = useEditor(concurrencyOf)
  const readOnly = useEditor(isReadOnly)
  const { problems, catalogue } = useSurroundings()
  const [problem] = problemsAt(problems, '/concurrency')
  return (
    <Field
      label={words.concurrency}
      hint={catalogue?.limit ? `${words.concurrencyHint} ${catalogue.limit}` : words.concurrencyHint}
      error={problem ? `${problem.message} ${problem.fix}` : undefined}
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          min={1}
          readOnly={readOnly}
          className="max-w-32"
          value={concurrency ?? ''}
          onChange={(event) =>
            store.getState().run({
              type: 'setConcurrency',
              ...(event.target.value === '' ? {} : { concurrency: Number(event.target.value) }),
            })
          }
        />
      )}
    </Field>
  )
}

/** An interval that is not among the usual ones stands as a choice of its own. */
function choiceOf(schedule: Schedule | undefined): Choice | 'other' {
  if (!schedule) return 'none'
  if ('cron' in schedule) return 'cron'
  return choices.find((choice) => choice === schedule.every) ?? 'other'
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}
