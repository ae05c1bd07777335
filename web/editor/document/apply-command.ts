import { produce } from 'immer'
import { applyLayoutCommand } from './apply-layout-command.ts'
import { applyObjectCommand } from './apply-object-command.ts'
import type { ObjectCommand } from './apply-object-command.ts'
import { isLayoutCommand } from './command.ts'
import type { Command } from './command.ts'
import type { DraftDocument, EditorContent } from './draft-document.ts'
import { isSameJson, withValueAt } from './json-pointer.ts'
import type { Outcome } from './outcome.ts'
import { readDraft } from './read-draft.ts'
import { documentStrings as words } from '../../strings/editor-document.ts'

/** Applies one command. Pure: equal content and command give an equal outcome, so a history can be replayed from its start. */
export function applyCommand(content: EditorContent, command: Command): Outcome {
  if (isLayoutCommand(command)) return applyLayoutCommand(content, command)
  switch (command.type) {
    case 'batch':
      return applyAll(content, command.commands)
    case 'replaceDocument':
      return replaceDocument(content, command.document)
    case 'setValue':
      return setValue(content, command.pointer, command.value)
    case 'renamePipeline':
    case 'setSchemaChanges':
    case 'setNewFields':
    case 'setSchedule':
    case 'setConcurrency':
      return { content: applySetting(content, command) }
    case 'addSource':
    case 'removeSource':
    case 'setSourceConnection':
    case 'addDestination':
    case 'removeDestination':
    case 'setDestinationConnection':
    case 'setNamespace':
      return applyEndCommand(content, command)
    case 'addObjects':
    case 'removeObjects':
    case 'disableObjects':
    case 'enableObjects':
    case 'setStartAt':
    case 'addProtection':
    case 'removeProtection':
    case 'setProtection':
      return applyObjectCommand(content, command satisfies ObjectCommand)
  }
}

/** All or nothing: one refusal refuses the whole. */
function applyAll(content: EditorContent, commands: readonly Command[]): Outcome {
  let now = content
  for (const command of commands) {
    const outcome = applyCommand(now, command)
    if ('refused' in outcome) return outcome
    now = outcome.content
  }
  return { content: now }
}

function replaceDocument(content: EditorContent, document: DraftDocument): Outcome {
  if (JSON.stringify(content.document) === JSON.stringify(document)) return { content }
  return { content: { ...content, document } }
}

function setValue(content: EditorContent, pointer: string, value: unknown): Outcome {
  const read = readDraft(withValueAt(content.document, pointer, value))
  if ('problems' in read) return { refused: read.problems[0]?.message ?? words.refused.notADocument }
  return isSameJson(read.document, content.document) ? { content } : replaceDocument(content, read.document)
}

type SettingCommand = Extract<
  Command,
  { type: 'renamePipeline' | 'setSchemaChanges' | 'setNewFields' | 'setSchedule' | 'setConcurrency' }
>

function applySetting(content: EditorContent, command: SettingCommand): EditorContent {
  return produce(content, ({ document }) => {
    switch (command.type) {
      case 'renamePipeline':
        document.name = command.name
        return
      case 'setSchemaChanges':
        document.schemaChanges = command.policy
        return
      case 'setNewFields':
        document.newFields = command.policy
        return
      case 'setSchedule':
        if (command.schedule === undefined) delete document.schedule
        else if (!isSameJson(document.schedule, command.schedule)) document.schedule = { ...command.schedule }
        return
      case 'setConcurrency':
        if (command.concurrency === undefined) delete document.concurrency
        else document.concurrency = command.concurrency
    }
  })
}

type EndCommand = Extract<
  Command,
  {
    type:
      | 'addSource'
      | 'removeSource'
      | 'setSourceConnection'
      | 'addDestination'
      | 'removeDestination'
      | 'setDestinationConnection'
      | 'setNamespace'
  }
>

/** What happens at the two ends of the flow. */
function applyEndCommand(content: EditorContent, command: EndCommand): Outcome {
  const { source, destination } = content.document
  switch (command.type) {
    case 'addSource':
      if (source) return { refused: words.refused.hasSource }
      return { content: addSource(content, command) }
    case 'removeSource':
      if (!source) return { refused: words.refused.noSource }
      return { content: removeSource(content) }
    case 'setSourceConnection':
      if (!source) return { refused: words.refused.noSource }
      return { content: withDocument(content, { source: { ...source, connection: command.connection } }) }
    case 'addDestination':
      if (destination) return { refused: words.refused.hasDestination }
      return { content: withDocument(content, { destination: command.destination }) }
    case 'removeDestination':
      if (!destination) return { refused: words.refused.noDestination }
      return { content: removeDestination(content) }
    case 'setDestinationConnection':
      if (!destination) return { refused: words.refused.noDestination }
      return {
        content: withDocument(content, {
          destination: { ...destination, type: command.connectionType, connection: command.connection },
        }),
      }
    case 'setNamespace':
      if (!destination) return { refused: words.refused.noDestination }
      return {
        content: withDocument(content, { destination: { ...destination, schema: command.namespace } }),
      }
  }
}

function withDocument(content: EditorContent, part: Partial<DraftDocument>): EditorContent {
  const document = { ...content.document, ...part }
  return isSameJson(document, content.document) ? content : { ...content, document }
}

function addSource(content: EditorContent, command: Extract<Command, { type: 'addSource' }>): EditorContent {
  return produce(content, ({ document }) => {
    document.source = { ...command.source }
    for (const name of command.objects ?? [])
      if (!Object.hasOwn(document.objects, name)) document.objects[name] = {}
  })
}

/** The objects and their protection belong to the source, and go with it; the frequency stays. */
function removeSource(content: EditorContent): EditorContent {
  return produce(content, ({ document, layout }) => {
    delete document.source
    document.objects = {}
    layout.protection = false
    layout.disabled = {}
    for (const id of Object.keys(layout.positions))
      if (id === 'source' || id === 'protection' || id.startsWith('object:')) delete layout.positions[id]
    delete layout.names['source']
    delete layout.names['protection']
  })
}

function removeDestination(content: EditorContent): EditorContent {
  return produce(content, ({ document, layout }) => {
    delete document.destination
    delete layout.positions['destination']
    delete layout.names['destination']
  })
}
