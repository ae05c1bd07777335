import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { problemsAt } from '../document/problem.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import { ConnectionField } from './connection-field.tsx'
import { ConnectionRights } from './connection-rights.tsx'
import { DestinationTables } from './destination-tables.tsx'
import { PlannedStatements } from './planned-statements.tsx'
import { QuickDestinations } from './quick-destinations.tsx'

/** The destination: its connection, the tables and where they land, what will be done to them, and whether it may. */
export function DestinationPanel(): ReactNode {
  const store = useEditorStore()
  const namespace = useEditor((state) => state.content.document.destination?.schema ?? '')
  const connection = useEditor((state) => state.content.document.destination?.connection)
  const readOnly = useEditor((state) => state.readOnly)
  const [problem] = problemsAt(useSurroundings().problems, '/destination/schema')
  return (
    <div className="flex flex-col gap-5 p-4">
      <ConnectionField side="destination" />
      {connection === undefined && !readOnly && <QuickDestinations />}
      <Field
        label={words.namespace}
        hint={problem?.severity === 'warning' ? `${problem.message} ${problem.fix}` : words.namespaceHint}
        error={problem?.severity === 'error' ? `${problem.message} ${problem.fix}` : undefined}
      >
        {(control) => (
          <Input
            {...control}
            readOnly={readOnly}
            value={namespace}
            spellCheck={false}
            onChange={(event) =>
              store.getState().run({ type: 'setNamespace', namespace: event.target.value })
            }
          />
        )}
      </Field>
      <DestinationTables />
      {connection !== undefined && <PlannedStatements />}
      {typeof connection === 'string' && <ConnectionRights id={connection} />}
    </div>
  )
}
