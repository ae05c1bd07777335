/** "Fri 14:15 Europe/Dublin": a moment within the week as it is said in the pipeline's own time zone; UTC unless it has one. */
export function zonedTime(at: string, zone: string | null): string {
  const time = new Date(at).toLocaleString('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone ?? 'UTC',
  })
  return `${time.replace(',', '')} ${zone ?? 'UTC'}`
}
