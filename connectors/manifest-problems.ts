/** What is wrong in a connector's folder, where, and what to do about it. */
export interface ConnectorProblem {
  /** The file, relative to the folder: manifest.yaml or a record schema. */
  readonly file: string
  /** JSON pointer of the place in the file; empty for the file as a whole. */
  readonly pointer: string
  /** The line, from 1, where no pointer leads: in a file that could not be read. */
  readonly line?: number
  /** What is wrong, a sentence. */
  readonly message: string
  /** What to do, a sentence. */
  readonly fix: string
}

/** A connector that cannot be used, with everything that is wrong with it. */
export class ManifestProblems extends Error {
  override readonly name = 'ManifestProblems'
  readonly folder: string
  readonly problems: readonly ConnectorProblem[]

  constructor(folder: string, problems: readonly ConnectorProblem[]) {
    const lines = problems.map(
      ({ file, pointer, message, fix }) => `  ${file}${pointer && ` ${pointer}`}: ${message} ${fix}`,
    )
    super(`The connector in ${folder} cannot be used:\n${lines.join('\n')}`)
    this.folder = folder
    this.problems = problems
  }
}
