import { RunFailure } from '../../engine/failures.ts'
import type { FailureKind } from '../../engine/failures.ts'

/**
 * Turns what DuckDB threw into a failure with a sentence and a remedy. DuckDB has no error codes: its messages begin with a class
 * ("IO Error: …") and may hold values of a row, so nothing but that class is kept.
 */
export function explainError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof RunFailure) return error
  const kind = /^(TransactionContext|[A-Z][A-Za-z ]*?) Error:/.exec(error.message)?.[1]
  if (kind === undefined) return error
  const { failure, sentence, advice } =
    explanations.find(({ message }) => message.test(error.message)) ?? other
  const pid = /\(PID (\d+)\)/.exec(error.message)?.[1]
  const text = sentence
    .replace('{path}', path)
    .replace('{holder}', pid === undefined ? 'another process' : `process ${pid}`)
    .replace('{kind}', kind)
  return new RunFailure(failure, text, { cause: new Error(`DuckDB: ${kind} Error`), advice })
}

interface Explanation {
  readonly message: RegExp
  readonly failure: FailureKind
  readonly sentence: string
  readonly advice?: string
}

/** The first that fits. The wording is that of DuckDB 1.5. */
const explanations: readonly Explanation[] = [
  {
    message: /^IO Error: (Could not set lock|.*being used by another process)/,
    failure: 'destination_unavailable',
    sentence: 'The DuckDB file {path} is in use by {holder}, and only one process can have it open.',
    advice: 'Close it there (a notebook, the duckdb shell, another run), then run again.',
  },
  {
    message: /No space left|Disk quota|failed to (offload|write)|max_temp_directory_size/i,
    failure: 'destination_refused',
    sentence: 'The disk of the DuckDB file {path} is full.',
    advice: 'Make room on that disk, then run again: it goes on from the last checkpoint.',
  },
  {
    message: /Permission denied|Read-only file system|read-only mode/i,
    failure: 'destination_refused',
    sentence: 'The DuckDB file {path} may not be written.',
    advice: 'Give the user that runs Penstock the right to write the file and its folder.',
  },
  {
    message:
      /not a valid DuckDB database|newer version of DuckDB|older version of DuckDB|Serialization Error/i,
    failure: 'destination_refused',
    sentence: 'The file {path} is not a DuckDB file that this version can open.',
    advice: 'Choose another path, or open the file with the DuckDB that made it.',
  },
  {
    message: /^IO Error: Cannot open file/,
    failure: 'destination_refused',
    sentence: 'The DuckDB file {path} cannot be opened.',
    advice: 'Check that its folder exists, and that the user that runs Penstock may write there.',
  },
  {
    message: /^Out of Memory Error|failed to pin block/,
    failure: 'destination_unavailable',
    sentence: 'DuckDB needed more memory than it may have, for {path}.',
    advice:
      'Run again: it goes on from where it was, with more memory. If that does not help, exclude very long fields.',
  },
  {
    message: /^FATAL Error|has been invalidated/,
    failure: 'destination_unavailable',
    sentence: 'DuckDB gave up on the file {path}.',
    advice: 'Check the disk for room and for errors, then run again: it goes on from the last checkpoint.',
  },
]

const other: Explanation = {
  message: /^/,
  failure: 'destination_refused',
  sentence: 'DuckDB refused to write to {path} ({kind} Error).',
}
