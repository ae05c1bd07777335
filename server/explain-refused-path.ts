/** What an operating system refused for a path, and what someone can do about it. */
export interface RefusedPath {
  readonly message: string
  readonly advice: string
}

/** An error of Node’s about a path, such as a data folder on a full or read-only disk, as words for a person; nothing for any other error. */
export function explainRefusedPath(error: unknown): RefusedPath | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined
  const words = refusals[String(error.code)]
  return words && { message: `${String(error.path)}: ${words[0]}.`, advice: words[1] }
}

const refusals: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: [
    'permission denied',
    'Check who owns it and its mode, or set PENSTOCK_DATA_DIR to another folder.',
  ],
  EROFS: ['the disk is read-only', 'Set PENSTOCK_DATA_DIR to a folder that can be written.'],
  ENOSPC: ['the disk is full', 'Make room and try again; nothing is lost.'],
  ENOENT: ['there is no such file or folder', 'Check the path, and the folder you are in.'],
  ENOTDIR: ['a part of this path is a file', 'Check the path.'],
  EEXIST: ['there is a file in the way', 'Check the path, or set PENSTOCK_DATA_DIR to another folder.'],
}
