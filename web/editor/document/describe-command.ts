import type { Command } from './command.ts'
import { subjectOf } from './describe-change.ts'
import { documentStrings } from '../../strings/editor-document.ts'

const { did } = documentStrings

/** What a command does, as the words after "Undo:". */
export function describeCommand(command: Command): string {
  switch (command.type) {
    case 'addObjects':
      return did.addObjects(command.objects.length)
    case 'removeObjects':
      return did.removeObjects(command.objects.length)
    case 'disableObjects':
      return did.disableObjects(command.objects.length)
    case 'enableObjects':
      return did.enableObjects(command.objects.length)
    case 'setStartAt':
      return did.setStartAt(command.object)
    case 'setProtection': {
      const fields = Object.entries(command.fields).flatMap(([object, paths]) =>
        paths.map((path) => `${object}.${path}`),
      )
      return did.protectFields(did.protect[command.protection], fields.length, fields[0] ?? '')
    }
    case 'setValue':
      return did.setValue(subjectOf(command.pointer))
    case 'batch':
      return command.label
    case 'renamePipeline':
    case 'addSource':
    case 'removeSource':
    case 'setSourceConnection':
    case 'addProtection':
    case 'removeProtection':
    case 'setSchemaChanges':
    case 'setNewFields':
    case 'setSchedule':
    case 'setConcurrency':
    case 'addDestination':
    case 'removeDestination':
    case 'setDestinationConnection':
    case 'setNamespace':
    case 'replaceDocument':
    case 'renameStep':
    case 'moveSteps':
    case 'tidy':
    case 'showObjectCards':
    case 'addNote':
    case 'setNoteText':
    case 'removeNote':
      return did[command.type]
  }
}
