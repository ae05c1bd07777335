import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { type Tab, Tabs } from '../ui/tabs.tsx'
import { ObjectsTab } from './objects-tab.tsx'
import type { CheckAnswer, WorkbenchState } from './use-workbench.ts'

const Markdown = lazy(async () => ({ default: (await import('../ui/markdown.tsx')).Markdown }))
const TryTab = lazy(async () => ({ default: (await import('./try-tab.tsx')).TryTab }))
const GuideTab = lazy(async () => ({ default: (await import('./guide-tab.tsx')).GuideTab }))

const text = connectorsText.tabs
export type OutcomeTab = keyof typeof text

/** How a manifest is written. */
export const guideTab: Tab<OutcomeTab> = {
  name: 'guide',
  label: text.guide,
  content: (
    <Reading>
      <GuideTab />
    </Reading>
  ),
}

interface OutcomeProps {
  readonly name: string
  readonly bench: WorkbenchState
  readonly readme: string
  readonly drawForm: (form: ConnectorForm) => ReactNode
  /** Opens a file, at a line where one is known. */
  readonly onOpen: (file: string, line?: number) => void
}

/** What the files make: problems, the connection dialog, the objects, the types, and a try. */
export function Outcome({ name, bench, readme, drawForm, onOpen }: OutcomeProps): ReactNode {
  const [tab, setTab] = useState<OutcomeTab>('problems')
  const [tried, setTried] = useState(false)
  const { checked } = bench
  const tabs: readonly Tab<OutcomeTab>[] = [
    {
      name: 'problems',
      label: text.problems,
      ...(checked ? { count: checked.problems.length + checked.warnings.length } : {}),
      content: <ProblemsTab bench={bench} onOpen={onOpen} />,
    },
    { name: 'form', label: text.form, content: <FormTab form={checked?.form ?? null} drawForm={drawForm} /> },
    { name: 'objects', label: text.objects, content: <ObjectsTab objects={checked?.objects ?? []} /> },
    { name: 'types', label: text.types, content: <TypesTab types={checked?.types ?? ''} /> },
    {
      name: 'try',
      label: text.try,
      keep: tried,
      content: (
        <Suspense>
          <TryTab name={name} bench={bench} shown={tab === 'try'} onOpen={onOpen} />
        </Suspense>
      ),
    },
    guideTab,
    ...(readme ? [notesTab(readme)] : []),
  ]
  return (
    <OutcomeFrame
      tabs={tabs}
      value={tab}
      onChange={(next) => {
        setTab(next)
        if (next === 'try') setTried(true)
      }}
    />
  )
}

interface OutcomeFrameProps {
  readonly tabs: readonly Tab<OutcomeTab>[]
  readonly value: OutcomeTab
  readonly onChange: (tab: OutcomeTab) => void
}

/** The frame of what a manifest makes: tabs, of which each scrolls by itself. */
export function OutcomeFrame({ tabs, value, onChange }: OutcomeFrameProps): ReactNode {
  return (
    <section
      aria-label={connectorsText.title}
      className="bg-surface min-h-0 overflow-hidden rounded-lg border"
    >
      <Tabs
        label={connectorsText.title}
        tabs={tabs}
        value={value}
        onChange={onChange}
        className="h-full [&>[role=tabpanel]]:overflow-y-auto"
      />
    </section>
  )
}

/** What the connector's own readme says. */
export function notesTab(readme: string): Tab<OutcomeTab> {
  return {
    name: 'notes',
    label: text.notes,
    content: (
      <Reading>
        <Markdown text={readme} />
      </Reading>
    ),
  }
}

/** A text that is fetched when it is looked at. */
function Reading({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Suspense fallback={<SkeletonRows rows={8} />}>
      <div className="p-4">{children}</div>
    </Suspense>
  )
}

interface ProblemsTabProps {
  readonly bench: WorkbenchState
  readonly onOpen: (file: string, line?: number) => void
}

function ProblemsTab({ bench, onOpen }: ProblemsTabProps): ReactNode {
  const { checked, checking } = bench
  if (!checked)
    return <p className="text-muted p-4">{checking ? connectorsText.checking : connectorsText.notChecked}</p>
  const { problems, warnings } = checked
  return (
    <>
      {problems.length === 0 && <p className="text-muted p-4">{connectorsText.problemsNone}</p>}
      {problems.length + warnings.length > 0 && (
        <ul className={problems.length === 0 ? 'divide-y border-t' : 'divide-y'}>
          {problems.map((problem) => (
            <ProblemLine key={keyOf(problem)} problem={problem} onOpen={onOpen} />
          ))}
          {warnings.map((problem) => (
            <ProblemLine key={keyOf(problem)} problem={problem} warning onOpen={onOpen} />
          ))}
        </ul>
      )}
    </>
  )
}

type Problem = CheckAnswer['problems'][number]

function keyOf({ file, pointer, message }: Problem): string {
  return `${file}${pointer}${message}`
}

interface ProblemLineProps extends Pick<ProblemsTabProps, 'onOpen'> {
  readonly problem: Problem
  /** It stands in nobody's way. */
  readonly warning?: boolean
}

function ProblemLine({ problem, warning = false, onOpen }: ProblemLineProps): ReactNode {
  const { file, pointer, line, message, fix } = problem
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(file, line)}
        className="hover:bg-canvas block w-full px-4 py-2.5 text-left outline-offset-[-2px]"
      >
        <span className="flex flex-wrap items-center gap-x-2">
          {warning && <Badge tone="warn">{connectorsText.warning}</Badge>}
          <span className="min-w-0">{message}</span>
        </span>
        <span className="text-muted block break-words">{fix}</span>
        <span className="text-muted block font-mono text-xs">
          <span className="break-all">
            {file}
            {pointer && `#${pointer}`}
          </span>{' '}
          {line !== undefined && <span className="whitespace-nowrap">{connectorsText.atLine(line)}</span>}
        </span>
      </button>
    </li>
  )
}

interface FormTabProps {
  readonly form: ConnectorForm | null
  readonly drawForm: (form: ConnectorForm) => ReactNode
}

/** The connection dialog that a manifest draws. */
export function FormTab({ form, drawForm }: FormTabProps): ReactNode {
  if (!form) return <p className="text-muted p-4">{connectorsText.formNone}</p>
  return (
    <div className="space-y-4 p-4">
      <p className="text-muted">{connectorsText.formHint}</p>
      {drawForm(form)}
    </div>
  )
}

function TypesTab({ types }: { readonly types: string }): ReactNode {
  if (types === '') return <p className="text-muted p-4">{connectorsText.typesNone}</p>
  return (
    <div className="relative">
      <div className="absolute top-2 right-2">
        <CopyButton text={types} label={connectorsText.copyTypes} />
      </div>
      <pre className="overflow-x-auto p-4 font-mono text-xs">{types}</pre>
    </div>
  )
}
