const whole = new Intl.NumberFormat('en')

/** 1204 → "1,204". */
export function count(number: number): string {
  return whole.format(number)
}

/** 1, "row" → "1 row"; 1204, "row" → "1,204 rows". */
export function countOf(number: number, one: string, many: string = `${one}s`): string {
  return `${whole.format(number)} ${number === 1 ? one : many}`
}
