import type { ReactNode } from 'react'
import { byName } from '../ui/by-name.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { classNames } from '../ui/class-names.ts'
import { type DiffLine, diffLines } from './diff-lines.ts'
import type { ConnectorFiles } from './kept-files.ts'
import { manifestFile } from './manifest-file.ts'

interface FilesDiffProps {
  readonly before: ConnectorFiles
  readonly after: ConnectorFiles
}

/** What is different between two sets of files, line by line, file by file. */
export function FilesDiff({ before, after }: FilesDiffProps): ReactNode {
  const [old, now] = [textsOf(before), textsOf(after)]
  const files = [...new Set([...old.keys(), ...now.keys()])].filter((file) => old.get(file) !== now.get(file))
  if (files.length === 0) return <p className="text-muted">{words.sameFiles}</p>
  return (
    <div className="space-y-3">
      {files.map((file) => (
        <FileDiff key={file} file={file} before={old.get(file)} after={now.get(file)} />
      ))}
    </div>
  )
}

interface FileDiffProps {
  readonly file: string
  /** Undefined: the file is new. */
  readonly before: string | undefined
  /** Undefined: the file is gone. */
  readonly after: string | undefined
}

function FileDiff({ file, before, after }: FileDiffProps): ReactNode {
  const state = before === undefined ? words.fileAdded : after === undefined ? words.fileRemoved : undefined
  return (
    <section aria-label={file} className="overflow-hidden rounded-lg border">
      <h3 className="bg-subtle flex flex-wrap gap-x-2 border-b px-3 py-1.5">
        <span className="font-mono text-xs font-semibold break-all">{file}</span>
        {state && <span className="text-muted text-xs">{state}</span>}
      </h3>
      <div
        tabIndex={0}
        role="group"
        aria-label={words.linesOf(file)}
        className="max-h-80 overflow-auto outline-offset-[-2px]"
      >
        {diffLines(before ?? '', after ?? '').map((hunk) => (
          <div key={hunk.line} className="min-w-max border-b last:border-b-0">
            {!state && (
              <p className="text-muted bg-canvas px-3 text-xs leading-5">{words.fromLine(hunk.line)}</p>
            )}
            {hunk.lines.map((line, place) => (
              <Line key={place} line={line} />
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}

const looks: Readonly<Record<DiffLine['kind'], { readonly sign: string; readonly look: string }>> = {
  same: { sign: ' ', look: '' },
  added: { sign: '+', look: 'bg-ok-soft text-ok' },
  removed: { sign: '−', look: 'bg-bad-soft text-bad' },
}

function Line({ line: { kind, text } }: { readonly line: DiffLine }): ReactNode {
  const { sign, look } = looks[kind]
  const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span'
  return (
    <Tag className={classNames('block px-3 font-mono text-xs leading-5 whitespace-pre no-underline', look)}>
      {`${sign} ${text}`}
    </Tag>
  )
}

function textsOf({ manifest, records }: ConnectorFiles): ReadonlyMap<string, string> {
  const sorted = Object.entries(records).toSorted(([a], [b]) => byName(a, b))
  return new Map([[manifestFile, manifest], ...sorted])
}
