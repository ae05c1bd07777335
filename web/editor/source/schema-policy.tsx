import type { ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { Field } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import type { DraftDocument } from '../document/draft-document.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

const policyOf = (state: EditorState): Policy => state.content.document.schemaChanges ?? 'auto_sync'
const newFieldsOf = (state: EditorState): NewFields => state.content.document.newFields ?? 'hash_sensitive'
const isReadOnly = (state: EditorState): boolean => state.readOnly

const { truth } = words

/** What happens when the source's schema changes: two choices, and a table that says what they come to. */
export function SchemaPolicy(): ReactNode {
  const store = useEditorStore()
  const policy = useEditor(policyOf)
  const newFields = useEditor(newFieldsOf)
  const readOnly = useEditor(isReadOnly)
  return (
    <section className="flex flex-col gap-3">
      <div>
        <h3 className="font-semibold">{words.policy}</h3>
        <p className="text-muted">{words.policyHint}</p>
      </div>
      <Segmented
        label={words.policy}
        disabled={readOnly}
        value={policy}
        onChange={(next) => store.getState().run({ type: 'setSchemaChanges', policy: next })}
        options={[
          { value: 'auto_sync', label: words.policyChoice.auto_sync },
          { value: 'block', label: words.policyChoice.block },
        ]}
      />
      <p>{words.policyWords[policy]}</p>
      {policy === 'auto_sync' && (
        <Field label={words.newFields}>
          {(control) => (
            <Select
              {...control}
              disabled={readOnly}
              value={newFields}
              onChange={(next) => store.getState().run({ type: 'setNewFields', policy: next })}
              options={[
                { value: 'hash_sensitive', label: words.newFieldsChoice.hash_sensitive },
                { value: 'hash', label: words.newFieldsChoice.hash },
                { value: 'replicate', label: words.newFieldsChoice.replicate },
              ]}
            />
          )}
        </Field>
      )}
      <TruthTable policy={policy} newFields={newFields} />
    </section>
  )
}

type Policy = NonNullable<DraftDocument['schemaChanges']>
type NewFields = NonNullable<DraftDocument['newFields']>

function TruthTable({
  policy,
  newFields,
}: {
  readonly policy: Policy
  readonly newFields: NewFields
}): ReactNode {
  const auto = policy === 'auto_sync'
  const rows = [
    [truth.newField, auto ? truth.auto_sync[newFields] : truth.block],
    [truth.removedField, truth.keepsColumn],
    [truth.typeChange, auto ? truth.widens : truth.typeBlocked],
    [truth.newObject, truth.object],
  ]
  return (
    <table className="w-full text-left">
      <caption className="sr-only">{words.policy}</caption>
      <thead>
        <tr className="text-muted border-b text-xs">
          <th className="py-1.5 pr-4 font-medium">{truth.change}</th>
          <th className="py-1.5 font-medium">{truth.happens}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([change, happens]) => (
          <tr key={change} className="border-b align-top last:border-b-0">
            <th scope="row" className="py-1.5 pr-4 font-medium whitespace-nowrap">
              {change}
            </th>
            <td className="py-1.5">{happens}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
