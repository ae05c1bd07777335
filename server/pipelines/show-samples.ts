import type { Actor } from '../actor.ts'
import { sampleFields, type FieldSamples } from '../engine/sample-fields.ts'
import { openPreview, type PreviewRequest } from './open-preview.ts'

/** So many records are looked at: enough that a field which is often empty has an example, and still one page. */
const records = 20

/**
 * An example for each field of an object of a draft, live from the API. Personal values are masked before they leave the server. Nothing
 * is kept but that someone looked. Throws as `previewRecords` does.
 */
export async function showSamples(
  actor: Actor,
  request: Omit<PreviewRequest, 'limit'>,
): Promise<FieldSamples> {
  const { input, noteLook } = await openPreview(actor, { ...request, limit: records })
  const found = await sampleFields(input)
  await noteLook({ rows: found.records, masked: true })
  return found
}
