/** A piece of the catalogue: texts, functions that make texts, and groups of them. */
export interface Texts {
  readonly [name: string]: string | readonly string[] | ((...values: never[]) => string | Texts) | Texts
}

/**
 * Registers a piece of the catalogue and gives it back as it is; with `stretch`, every text about 40 % longer and
 * bracketed, so that a layout which would break in another language breaks before our eyes.
 */
export function catalogue<T extends Texts>(texts: T, stretch: boolean = isStretched()): T {
  return stretch ? stretched(texts) : texts
}

function isStretched(): boolean {
  return 'localStorage' in globalThis && globalThis.localStorage.getItem('penstock.stretch') === 'on'
}

function stretched<T>(value: T): T
function stretched(value: unknown): unknown {
  if (typeof value === 'string') return `[${value}${paddingFor(value)}]`
  if (typeof value === 'function')
    return (...values: unknown[]) => stretched(Reflect.apply(value, undefined, values))
  if (Array.isArray(value)) return value.map(stretched)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, stretched(text)]))
}

/** In words of at most eight letters where there is more than one, as a language would have them. */
function paddingFor(text: string): string {
  const padding = '~'.repeat(Math.ceil(text.length * 0.4)).replaceAll(/~{8}(?=~)/g, '$& ')
  return text.includes(' ') ? ` ${padding}` : padding
}
