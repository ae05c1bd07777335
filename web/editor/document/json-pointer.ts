/** A JSON pointer (RFC 6901) from its parts, which may hold any character. */
export function pointerTo(...parts: readonly string[]): string {
  return parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The parts of a JSON pointer. The empty pointer has none. */
export function pointerParts(pointer: string): readonly string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value a pointer names, undefined where there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value: unknown = root
  for (const part of pointerParts(pointer)) {
    if (!isRecord(value) || !Object.hasOwn(value, part)) return undefined
    value = value[part]
  }
  return value
}

/** A copy of `root` with one value set, or removed where `value` is undefined. Maps on the way are made. */
export function withValueAt(root: unknown, pointer: string, value: unknown): unknown {
  const [first, ...rest] = pointerParts(pointer)
  if (first === undefined) return value
  const map = isRecord(root) ? root : {}
  const below = Object.hasOwn(map, first) ? map[first] : undefined
  const next = rest.length === 0 ? value : withValueAt(below, pointerTo(...rest), value)
  if (next !== undefined) return { ...map, [first]: next }
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== first))
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two JSON values are the same, whatever the order of their keys. Absent and undefined are one. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]))
  if (!isRecord(a) || !isRecord(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => isSameJson(a[key], b[key]))
}
