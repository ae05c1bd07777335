import type { ReactNode } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { Segmented } from '../ui/segmented.tsx'

interface RegionChoiceProps {
  readonly connector: ConnectorForm
  readonly region: string
  readonly fixed: boolean
  /** The address that requests go to instead of the region's own; empty: none. */
  readonly elsewhere: string
  readonly onChange: (region: string) => void
}

/** The region of the account, and what it means for where the data lives. What an admin does not allow cannot be chosen. */
export function RegionChoice({
  connector,
  region,
  fixed,
  elsewhere,
  onChange,
}: RegionChoiceProps): ReactNode {
  const chosen = connector.regions.find(({ name }) => name === region)
  const locked = connector.regions.filter(({ allowed }) => !allowed).map(({ title }) => title)
  return (
    <div>
      <div className="mb-1 font-medium">{connectionsText.region}</div>
      <Segmented
        label={connectionsText.region}
        value={region}
        disabled={fixed}
        options={connector.regions.map(({ name, title, allowed }) => ({
          value: name,
          label: title,
          disabled: !allowed,
        }))}
        onChange={onChange}
      />
      {chosen && (
        <p aria-live="polite" className="text-muted mt-1">
          {chosen.residency} {connectionsText.regionHint(elsewhere || chosen.api)}.
        </p>
      )}
      {locked.length > 0 && (
        <p className="text-muted mt-1">{connectionsText.regionNotAllowed(locked.join(', '))}</p>
      )}
    </div>
  )
}
