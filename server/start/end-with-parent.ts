/** Calls `end` when the process that started this one is gone: the pipe on standard input, which it alone holds, then closes. */
export function endWithParent(end: () => void): void {
  if (process.stdin.isTTY) return
  process.stdin.once('end', end)
  process.stdin.once('error', end)
  process.stdin.resume()
  process.stdin.unref?.()
}
