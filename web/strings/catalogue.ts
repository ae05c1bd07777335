/** A piece of the catalogue: texts, functions that make texts, and groups of them. */
export interface Texts {
  readonly [name: string]: string | readonly string[] | ((...values: never[]) => string | Texts) | Texts
}

/**
 * Registers a piece of the catalogue and gives it back; with `stretch`, every text about 40 % longer and bracketed, so that a layout which
 * would break in another language breaks before our eyes. What its functions are given is set off where it runs from right to left, so that
 * the sentence around it stays as it is.
 */
export function catalogue<T extends Texts>(texts: T, stretch: boolean = isStretched()): T {
  const setOff = withNamesSetOff(texts)
  return stretch ? stretched(setOff) : setOff
}

/** A sentence that came from the server, with the names in it set off: those that it puts between quotation marks. */
export function withQuotedSetOff(sentence: string): string {
  return sentence.replaceAll(/(?<=“)[^”]+(?=”)/g, (name) =>
    fromRightToLeft.test(name) ? `\u2068${name}\u2069` : name,
  )
}

/** A text for what is kept and not only shown, such as the name of a copy: without the marks that set names off. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/[\u2066-\u2069]/g, '')
}

function withNamesSetOff<T>(texts: T): T
function withNamesSetOff(texts: unknown): unknown {
  if (typeof texts === 'function')
    return (...values: unknown[]) => withNamesSetOff(Reflect.apply(texts, undefined, values.map(setOff)))
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts)) return texts
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, withNamesSetOff(text)]))
}

const fromRightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u202e\u2067]/v

/** A name runs as its own letters do; a sentence, as ours. */
function setOff(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(setOff)
  if (typeof value !== 'string' || !fromRightToLeft.test(value)) return value
  return `${/[.!?]$/.test(value) ? '\u2066' : '\u2068'}${value}\u2069`
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
