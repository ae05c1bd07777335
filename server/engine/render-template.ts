import { isJsonObject, scalarText, type Json } from './read-path.ts'

/** The value that a name in a manifest stands for at this moment; undefined where it is not known. */
export type References = (name: string) => Json

/**
 * A manifest's template with its references filled in. What is not known is left out of its list or object, and undefined
 * at the top. Text is joined only for `$text`, in which no value of the API's may stand.
 */
export function renderTemplate(template: Json, references: References): Json {
  if (Array.isArray(template)) {
    return template.map((item) => renderTemplate(item, references)).filter((item) => item !== undefined)
  }
  if (!isJsonObject(template)) return template
  if (typeof template.$from === 'string') {
    return references(template.$from) ?? renderTemplate(template.$else, references)
  }
  if (Array.isArray(template.$text)) {
    const pieces: Json[] = template.$text.map((piece: Json) => renderTemplate(piece, references))
    return pieces.includes(undefined)
      ? renderTemplate(template.$else, references)
      : pieces.map(scalarText).join('')
  }
  if (typeof template.$when === 'string') {
    const known = references(template.$when) !== undefined
    return renderTemplate(known ? template.$value : template.$else, references)
  }
  const rendered: [string, Json][] = []
  for (const [key, value] of Object.entries(template)) {
    const known = renderTemplate(value, references)
    if (known !== undefined) rendered.push([key, known])
  }
  return Object.fromEntries(rendered)
}

/** Whether a template mentions a name, in `$from` or `$when`. */
export function mentions(template: Json, name: string): boolean {
  if (Array.isArray(template)) return template.some((item) => mentions(item, name))
  if (!isJsonObject(template)) return false
  if (template.$from === name || template.$when === name) return true
  return Object.values(template).some((value) => mentions(value, name))
}
