import type { ReactNode } from 'react'
import { densities, setDensity, useDensity } from '../navigation/density.ts'
import { setTheme, themes, useTheme } from '../navigation/theme.ts'
import { appText } from '../strings/app.ts'
import { settingsText } from '../strings/settings.ts'
import { Card } from '../ui/card.tsx'
import { Segmented } from '../ui/segmented.tsx'

/** How Penstock looks on this device. */
export function AppearanceSection(): ReactNode {
  const { theme } = useTheme()
  const { density } = useDensity()
  return (
    <div className="space-y-4">
      <Card title={settingsText.theme} description={settingsText.themeHint}>
        <Segmented
          label={settingsText.theme}
          value={theme}
          options={themes.map((one) => ({ value: one, label: appText.themes[one] }))}
          onChange={setTheme}
        />
      </Card>
      <Card title={settingsText.density} description={settingsText.densityHint}>
        <Segmented
          label={settingsText.density}
          value={density}
          options={densities.map((one) => ({ value: one, label: settingsText.densities[one] }))}
          onChange={setDensity}
        />
      </Card>
      <Card title={settingsText.motion}>
        <p>{settingsText.motionHint}</p>
      </Card>
    </div>
  )
}
