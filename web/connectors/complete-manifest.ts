import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { suggestKeys, type SuggestSchema } from './suggest-keys.ts'

/** What a manifest may say at the caret. Only when asked, so that Enter always ends a line. */
export async function completeManifest(context: CompletionContext): Promise<CompletionResult | null> {
  if (!context.explicit) return null
  const schema = await manifestSchema()
  const { doc } = context.state
  const { number, from } = doc.lineAt(context.pos)
  const begun = context.matchBefore(/[\w$-]*/)?.from ?? context.pos
  const lines = [
    ...linesOf(doc.sliceString(0, from)).slice(0, number - 1),
    doc.sliceString(from, context.pos),
  ]
  const below = linesOf(doc.sliceString(context.pos)).slice(1)
  const options = suggestKeys(schema, lines, below).map(({ kind, text, detail }) => ({
    label: text,
    type: kind === 'key' ? 'property' : 'enum',
    ...(kind === 'key' ? { apply: `${text}: ` } : {}),
    ...(detail === undefined ? {} : { info: detail }),
  }))
  return options.length === 0 ? null : { from: begun, options, validFor: /^[\w$-]*$/ }
}

/** Fetched when it is first asked for. */
async function manifestSchema(): Promise<SuggestSchema> {
  const { default: text } = await import('../../schemas/manifest.schema.json?raw')
  const schema: SuggestSchema = JSON.parse(text)
  return schema
}

function linesOf(text: string): readonly string[] {
  return text.split('\n')
}
