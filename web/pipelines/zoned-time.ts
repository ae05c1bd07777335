const sixDays = 6 * 86_400_000

/**
 * "Fri 14:15 Europe/Dublin": a moment to come, by the clocks of the pipeline's own time zone, or in UTC where it has none. A weekday is
 * said only within six days of `now`, when it can mean but one day; after that the date: "Tue 1 Dec 06:00 Europe/Dublin".
 */
export function zonedTime(at: string, zone: string | null, now: number = Date.now()): string {
  const timeZone = zone ?? 'UTC'
  const isFar = Date.parse(at) - now > sixDays
  const time = new Date(at).toLocaleString('en-GB', {
    weekday: 'short',
    ...(isFar ? { day: 'numeric', month: 'short' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  })
  return `${time.replaceAll(',', '')} ${timeZone}`
}
