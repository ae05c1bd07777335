import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ConnectorReview, OwnConnector } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { FilesDiff } from './files-diff.tsx'
import type { ConnectorFiles } from './kept-files.ts'
import { PipelineLink } from '../navigation/pipeline-link.tsx'
import { Name } from '../ui/name.tsx'

interface ReviewViewProps {
  readonly own: OwnConnector
  readonly review: ConnectorReview
  readonly files: ConnectorFiles
  /** In place of the plain list of pipelines: the ones that a person chooses. */
  readonly pipelineChoice?: ReactNode
}

const tones: Readonly<Record<ConnectorReview['verdict'], Tone>> = {
  first: 'info',
  same: 'idle',
  compatible: 'ok',
  incompatible: 'warn',
}

/** What the server says about a draft beside the version in use. */
export function ReviewView({ own, review, files, pipelineChoice }: ReviewViewProps): ReactNode {
  const { problems, verdict, changes, pipelines, connections } = review
  const { name, publishedVersion } = own
  if (problems.length > 0)
    return (
      <Notice tone="warn" title={words.problemsTitle(problems.length)}>
        <ul className="mt-1 list-disc space-y-1 pl-4">
          {problems.map(({ file, pointer, line, message, fix }) => (
            <li key={file + pointer + message}>
              {message} {fix}{' '}
              <span className="font-mono text-xs break-all">
                {file} {line !== undefined && connectorsText.line(line)}
              </span>
            </li>
          ))}
        </ul>
      </Notice>
    )
  return (
    <>
      <Notice tone={tones[verdict]} title={words.verdicts[verdict]} />
      {(verdict === 'compatible' || verdict === 'incompatible') && (
        <Section title={words.changes}>
          {changes.length === 0 && <p className="text-muted">{words.noChanges}</p>}
          <ul className="divide-y rounded-lg border empty:hidden">
            {changes.map(({ kind, breaking, sentence }) => (
              <li key={kind + sentence} className="flex items-start gap-2 px-3 py-1.5">
                <span className="min-w-0 flex-1 break-words">{sentence}</span>
                {breaking && <Badge tone="warn">{words.breaks}</Badge>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {verdict !== 'first' && (
        <Affected pipelines={pipelines} connections={connections} pipelineChoice={pipelineChoice} />
      )}
      {publishedVersion !== null && verdict !== 'same' && (
        <details>
          <summary className="min-h-6 font-semibold">{words.lines}</summary>
          <div className="pt-2">
            <PublishedDiff name={name} version={publishedVersion} files={files} />
          </div>
        </details>
      )}
    </>
  )
}

type AffectedProps = Pick<ConnectorReview, 'pipelines' | 'connections'> &
  Pick<ReviewViewProps, 'pipelineChoice'>

function Affected({ pipelines, connections, pipelineChoice }: AffectedProps): ReactNode {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Section title={words.pipelines}>
        {pipelines.length === 0 && <p className="text-muted">{words.noPipelines}</p>}
        {pipelineChoice ?? (
          <ul className="space-y-1">
            {pipelines.map(({ id, name, breaks }) => (
              <li key={id} className="flex flex-wrap items-center gap-2">
                <PipelineLink id={id} name={name} />
                {breaks && <Badge tone="warn">{words.pipelineBreaks}</Badge>}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={words.connectionsTitle}>
        {connections.length === 0 && <p className="text-muted">{words.noConnections}</p>}
        <ul className="space-y-1">
          {connections.map(({ id, name }) => (
            <li key={id}>
              <Name>{name}</Name>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
}

function Section({ title, children }: SectionProps): ReactNode {
  return (
    <section>
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      {children}
    </section>
  )
}

interface PublishedDiffProps {
  readonly name: string
  readonly version: number
  readonly files: ConnectorFiles
}

/** A published version beside other files. */
export function PublishedDiff({ name, version, files }: PublishedDiffProps): ReactNode {
  const published = useQuery(api.connectors.version.queryOptions({ name, version }, { staleTime: Infinity }))
  return (
    <Loaded query={published} sentence={sentenceOf}>
      {(found) => <FilesDiff before={found.files} after={files} />}
    </Loaded>
  )
}
