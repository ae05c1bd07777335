import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { sectionTitle, sectionWords, settingsSections } from '../navigation/settings-sections.ts'
import { appText } from '../strings/app.ts'

interface PaletteSettingsProps {
  readonly choose: (act: () => void) => () => void
  readonly groupClass: string
}

/** The parts of the settings, in the palette. */
export function PaletteSettings({ choose, groupClass }: PaletteSettingsProps): ReactNode {
  const navigate = useNavigate()
  return (
    <Command.Group heading={appText.palette.settings} className={groupClass}>
      {settingsSections.map((section) => (
        <Command.Item
          key={section}
          value={`${appText.settings} ${sectionTitle(section)}`}
          keywords={[...sectionWords(section)]}
          onSelect={choose(() => void navigate({ to: '/settings/$section', params: { section } }))}
          className="data-[selected=true]:bg-subtle flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5"
        >
          <Settings aria-hidden size={15} className="text-muted shrink-0" />
          {sectionTitle(section)}
        </Command.Item>
      ))}
    </Command.Group>
  )
}
