import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { settingsText } from '../strings/settings.ts'
import { Card } from '../ui/card.tsx'
import { Checkbox, Switch } from '../ui/checkbox.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { toastFailed } from '../ui/toaster.tsx'
import { useChange } from './use-change.ts'

const text = settingsText.regions
type Regions = Readonly<Record<string, readonly string[]>>

/** Which regions of which API may be chosen, and whether Penstock's own OAuth app may be used. */
export function RegionsSection(): ReactNode {
  const may = useMay()
  const settings = useQuery(api.settings.get.queryOptions())
  const connectors = useQuery(api.connectors.list.queryOptions())
  const stale = api.settings.pathKey()
  const change = useChange({
    change: async (allowed: Regions) => {
      await apiClient.settings.update.mutate({
        allowedRegions: Object.fromEntries(
          Object.entries(allowed).map(([name, regions]) => [name, [...regions]]),
        ),
      })
    },
    stale,
    done: settingsText.saved,
  })
  const own = useChange({
    change: (installationProfileAllowed: boolean) =>
      apiClient.settings.update.mutate({ installationProfileAllowed }),
    stale,
    done: settingsText.saved,
  })
  const locked = !may('settings.update') || change.isPending
  const several = connectors.data?.filter(({ regions }) => regions.length > 1) ?? []
  return (
    <div className="space-y-4">
      <p className="text-muted max-w-2xl">
        {text.description} {!may('settings.update') && settingsText.adminsChange}
      </p>
      <Loaded query={settings} sentence={sentenceOf}>
        {({ allowedRegions, installationProfileAllowed }) => (
          <>
            {several.map((connector) => (
              <Card key={connector.name} title={connector.title}>
                <RegionBoxes
                  connector={connector}
                  allowed={allowedRegions?.[connector.name]}
                  locked={locked}
                  onChange={(regions) => change.mutate({ ...allowedRegions, [connector.name]: regions })}
                />
              </Card>
            ))}
            <Card title={settingsText.sections['oauth-profiles']}>
              <Switch
                label={text.ownApp}
                hint={text.ownAppHint}
                disabled={locked || own.isPending}
                checked={installationProfileAllowed}
                onChange={(on) => own.mutate(on)}
              />
            </Card>
          </>
        )}
      </Loaded>
    </div>
  )
}

interface RegionBoxesProps {
  readonly connector: ConnectorForm
  /** Undefined: all of them. */
  readonly allowed: readonly string[] | undefined
  readonly locked: boolean
  readonly onChange: (regions: readonly string[]) => void
}

function RegionBoxes({ connector, allowed, locked, onChange }: RegionBoxesProps): ReactNode {
  const names = connector.regions.map(({ name }) => name)
  const now = allowed ?? names
  const set = (name: string, on: boolean): void => {
    const next = names.filter((one) => (one === name ? on : now.includes(one)))
    if (next.length === 0) toastFailed(text.last)
    else onChange(next)
  }
  return (
    <div className="flex flex-col gap-2">
      {connector.regions.map(({ name, title, residency }) => (
        <Checkbox
          key={name}
          label={title}
          hint={residency ?? undefined}
          disabled={locked}
          checked={now.includes(name)}
          onChange={(on) => set(name, on)}
        />
      ))}
    </div>
  )
}
