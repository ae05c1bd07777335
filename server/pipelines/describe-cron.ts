const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** The minute and hour fields in words; undefined where there is no short sentence for them. */
export function describeTimes(minute: string, hour: string): string | undefined {
  const minutes = numbers(minute, 59)
  const step = stepOf(minute, 60)
  if (hour === '*') {
    if (step !== undefined) return step === 1 ? 'every minute' : `every ${step} minutes`
    if (minute === '0') return 'hourly'
    return minutes && minutes.length <= 6
      ? `every hour at ${joined(minutes.map((at) => `:${two(at)}`))}`
      : undefined
  }
  const range = /^(\d+)-(\d+)$/.exec(hour)
  const from = Number(range?.[1])
  const to = Number(range?.[2])
  if (range && from < to && to <= 23) {
    if (step !== undefined) return `every ${step} minutes from ${two(from)}:00 to ${two(to)}:59`
    const [only, ...others] = minutes ?? []
    return only === undefined || others.length > 0
      ? undefined
      : `hourly from ${two(from)}:${two(only)} to ${two(to)}:${two(only)}`
  }
  const hourStep = stepOf(hour, 24)
  if (hourStep !== undefined && minutes?.length === 1)
    return `every ${hourStep} hours at :${two(minutes[0] ?? 0)}`
  const hours = numbers(hour, 23)
  if (!hours || !minutes || hours.length * minutes.length > 6) return undefined
  return `at ${joined(hours.flatMap((at) => minutes.map((past) => `${two(at)}:${two(past)}`)))}`
}

/** The day fields in words: empty for every day; undefined where there is no short sentence for them. */
export function describeDays(dayOfMonth: string, dayOfWeek: string): string | undefined {
  if (dayOfMonth === '*' && dayOfWeek === '*') return ''
  if (dayOfMonth === '*') {
    if (/^(1-5|mon-fri)$/i.test(dayOfWeek)) return 'on weekdays'
    const days = numbers(named(dayOfWeek), 7)
    return days && `on ${joined([...new Set(days.map((day) => weekdays[day % 7] ?? ''))])}`
  }
  if (dayOfWeek !== '*') return undefined
  if (dayOfMonth.toUpperCase() === 'L') return 'on the last day of the month'
  const days = numbers(dayOfMonth, 31)
  return days && `on day ${joined(days.map(String))} of the month`
}

function named(dayOfWeek: string): string {
  return weekdays.reduce<string>(
    (text, day, index) => text.replaceAll(new RegExp(day.slice(0, 3), 'gi'), String(index)),
    dayOfWeek,
  )
}

/** A list of plain numbers, rising, without repeats. */
function numbers(field: string, most: number): readonly number[] | undefined {
  if (!/^\d+(,\d+)*$/.test(field)) return undefined
  const all = [...new Set(field.split(',').map(Number))].toSorted((a, b) => a - b)
  return all.every((number) => number <= most) ? all : undefined
}

/** The n of a step (`*` / n), where it goes evenly into the whole: otherwise the steps are not equally long. */
function stepOf(field: string, whole: number): number | undefined {
  const step = Number(/^\*\/(\d+)$/.exec(field)?.[1] ?? (field === '*' ? 1 : Number.NaN))
  return step > 0 && whole % step === 0 && (step > 1 || field === '*') ? step : undefined
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
