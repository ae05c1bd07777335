/** `12,300/s` */
export function perSecond(records: number, ms: number): string {
  return `${Math.round((records / ms) * 1000).toLocaleString('en-US')}/s`
}

/** `1.53 s` */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

/** `21.5 µs` */
export function micros(ms: number, records: number): string {
  return `${((ms / records) * 1000).toFixed(1)} µs`
}

/** `165 MB`, of a million bytes each. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

/** `0.85` */
export function ratio(value: number): string {
  return value.toFixed(2)
}
