import type { ReactNode } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { Checkbox } from '../ui/checkbox.tsx'

interface ScopeChoiceProps {
  readonly scopes: ConnectorForm['scopes']
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

/** The permissions to ask for, and the objects that each one opens. */
export function ScopeChoice({ scopes, chosen, onChange }: ScopeChoiceProps): ReactNode {
  const set = (scope: string, on: boolean): void => {
    const next = new Set(chosen)
    if (on) next.add(scope)
    else next.delete(scope)
    onChange(next)
  }
  return (
    <fieldset>
      <legend className="font-medium">{connectionsText.scopes}</legend>
      <p className="text-muted mb-2">{connectionsText.scopesHint}</p>
      <ul className="divide-y rounded-lg border">
        {scopes.map(({ scope, title, objects }) => (
          <li key={scope} className="px-2 py-1.5">
            <Checkbox
              checked={chosen.has(scope)}
              onChange={(on) => set(scope, on)}
              label={title}
              hint={connectionsText.scopeOpens(objects.join(', '))}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
