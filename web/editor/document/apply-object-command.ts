import { produce } from 'immer'
import type { Outcome } from './outcome.ts'
import type { Command, FieldsByObject } from './command.ts'
import type { CanvasLayout, EditorContent, ObjectChoice, Protection } from './draft-document.ts'
import { documentStrings as words } from '../../strings/editor-document.ts'

/** The commands on objects, their start and their fields. */
export type ObjectCommand = Extract<
  Command,
  {
    type:
      | 'addObjects'
      | 'removeObjects'
      | 'disableObjects'
      | 'enableObjects'
      | 'setStartAt'
      | 'addProtection'
      | 'removeProtection'
      | 'setProtection'
  }
>

/** Applies a command on objects or fields. An object that is not chosen cannot be changed. */
export function applyObjectCommand(content: EditorContent, command: ObjectCommand): Outcome {
  const { document } = content
  switch (command.type) {
    case 'addObjects':
      if (!document.source) return { refused: words.refused.noSource }
      return { content: addObjects(content, command) }
    case 'removeObjects':
      return { content: removeObjects(content, command.objects) }
    case 'disableObjects':
      return { content: disableObjects(content, command.objects) }
    case 'enableObjects':
      if (!document.source) return { refused: words.refused.noSource }
      return { content: enableObjects(content, command.objects) }
    case 'setStartAt':
      if (!Object.hasOwn(document.objects, command.object))
        return { refused: words.refused.notChosen(command.object) }
      return { content: setStartAt(content, command.object, command.startAt) }
    case 'addProtection':
      if (!document.source) return { refused: words.refused.noSource }
      return { content: withProtectionStep(content, true) }
    case 'removeProtection':
      return { content: removeProtection(content) }
    case 'setProtection':
      return setProtection(content, command.fields, command.protection)
  }
}

function addObjects(
  content: EditorContent,
  command: Extract<Command, { type: 'addObjects' }>,
): EditorContent {
  return produce(content, ({ document, layout }) => {
    for (const name of command.objects) {
      if (Object.hasOwn(document.objects, name)) continue
      const protect = command.protect?.[name]
      const kept = Object.hasOwn(layout.disabled, name) ? layout.disabled[name] : undefined
      document.objects[name] =
        protect && Object.keys(protect).length > 0 ? { ...kept, fields: { ...protect } } : (kept ?? {})
      delete layout.disabled[name]
    }
  })
}

function removeObjects(content: EditorContent, objects: readonly string[]): EditorContent {
  const named = new Set(objects)
  const all = [...Object.keys(content.document.objects), ...Object.keys(content.layout.disabled)]
  if (!all.some((name) => named.has(name))) return content
  return produce(content, ({ document, layout }) => {
    for (const name of named) {
      delete document.objects[name]
      delete layout.disabled[name]
      forgetStep(layout, `object:${name}`)
    }
  })
}

function disableObjects(content: EditorContent, objects: readonly string[]): EditorContent {
  return produce(content, ({ document, layout }) => {
    for (const name of objects) {
      if (!Object.hasOwn(document.objects, name)) continue
      layout.disabled[name] = document.objects[name] ?? null
      delete document.objects[name]
    }
  })
}

function enableObjects(content: EditorContent, objects: readonly string[]): EditorContent {
  return produce(content, ({ document, layout }) => {
    for (const name of objects) {
      if (!Object.hasOwn(layout.disabled, name)) continue
      if (!Object.hasOwn(document.objects, name)) document.objects[name] = layout.disabled[name] ?? null
      delete layout.disabled[name]
    }
  })
}

function setStartAt(content: EditorContent, object: string, startAt: string | undefined): EditorContent {
  if (content.document.objects[object]?.startAt === startAt) return content
  return produce(content, ({ document }) => {
    const choice = { ...document.objects[object] }
    if (startAt === undefined) delete choice.startAt
    else choice.startAt = startAt
    document.objects[object] = choice
  })
}

function withProtectionStep(content: EditorContent, shown: boolean): EditorContent {
  return produce(content, ({ layout }) => {
    layout.protection = shown
  })
}

/** Every field is replicated as it is; the step leaves the canvas. */
function removeProtection(content: EditorContent): EditorContent {
  return produce(withProtectionStep(content, false), ({ document, layout }) => {
    for (const choice of Object.values(document.objects)) if (choice?.fields) delete choice.fields
    forgetStep(layout, 'protection')
  })
}

function setProtection(content: EditorContent, fields: FieldsByObject, protection: Protection): Outcome {
  const named = Object.keys(fields)
  const chosen = named.filter((name) => Object.hasOwn(content.document.objects, name))
  if (chosen.length === 0 && named.length > 0) return { refused: words.refused.notChosen(named.join(', ')) }
  const changed = chosen.flatMap((name) => {
    const choice = content.document.objects[name] ?? null
    const next = withProtected(choice, fields[name] ?? [], protection)
    return next === choice ? [] : [[name, next] as const]
  })
  if (changed.length === 0) return { content }
  const objects = { ...content.document.objects, ...Object.fromEntries(changed) }
  return { content: { ...content, document: { ...content.document, objects } } }
}

/** `replicate` is what an unnamed field gets, so it is not written down. The same choice where nothing changes. */
function withProtected(choice: ObjectChoice, paths: readonly string[], protection: Protection): ObjectChoice {
  const { fields: known = {}, ...rest } = choice ?? {}
  const changed = paths.filter((path) => (known[path] ?? 'replicate') !== protection)
  if (changed.length === 0) return choice
  if (protection !== 'replicate') {
    const added = Object.fromEntries(changed.map((path) => [path, protection]))
    return { ...rest, fields: { ...known, ...added } }
  }
  const left = Object.entries(known).filter(([path]) => !changed.includes(path))
  return left.length > 0 ? { ...rest, fields: Object.fromEntries(left) } : rest
}

function forgetStep(layout: CanvasLayout, id: string): void {
  delete layout.positions[id]
  delete layout.names[id]
}
