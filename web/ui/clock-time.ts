/** "14:02", and "14:02:09" with `seconds`: a moment of the day by the reader's own clock. Midnight is 00:00. */
export function clockTime(at: number | string, seconds: boolean = false): string {
  return new Date(at).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  })
}
