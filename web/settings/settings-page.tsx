import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode } from 'react'
import { useMe } from '../api/session.ts'
import {
  type SettingsSection,
  sectionTitle,
  settingsGroups,
  settingsSections,
} from '../navigation/settings-sections.ts'
import { settingsText } from '../strings/settings.ts'
import { NoPermission } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { Select } from '../ui/select.tsx'
import { AlertsSection } from './alerts-section.tsx'
import { ApiKeysSection } from './api-keys-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { AuditSection } from './audit-section.tsx'
import { DangerSection } from './danger-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { HashKeySection } from './hash-key-section.tsx'
import { MembersSection } from './members-section.tsx'
import { ProfilesSection } from './profiles-section.tsx'
import { RegionsSection } from './regions-section.tsx'
import { RetentionSection } from './retention-section.tsx'
import { ShortcutsSection } from './shortcuts-section.tsx'

const route = getRouteApi('/frame/settings/$section')
const adminsOnly: readonly SettingsSection[] = [
  'general',
  'hash-key',
  'retention',
  'api-keys',
  'audit',
  'danger',
]

/** The settings: a list of parts, and the part that is open. */
export function SettingsPage(): ReactNode {
  const { section: named } = route.useParams()
  const section = settingsSections.find((one) => one === named) ?? 'appearance'
  const { role } = useMe()
  return (
    <Page key={section} title={sectionTitle(section)}>
      <div className="flex flex-col gap-6 md:flex-row">
        <SectionSelect section={section} />
        <SectionList />
        <div className="min-w-0 flex-1">
          {adminsOnly.includes(section) && role !== 'admin' ? (
            <NoPermission message={settingsText.adminOnly} />
          ) : (
            <Section section={section} />
          )}
        </div>
      </div>
    </Page>
  )
}

/** The list of parts on a phone. */
function SectionSelect({ section }: { readonly section: SettingsSection }): ReactNode {
  const navigate = useNavigate()
  return (
    <Select
      aria-label={settingsText.sectionsLabel}
      className="w-full md:hidden"
      value={section}
      options={settingsSections.map((one) => ({ value: one, label: sectionTitle(one) }))}
      onChange={(next) => void navigate({ to: '/settings/$section', params: { section: next }, search: {} })}
    />
  )
}

function SectionList(): ReactNode {
  return (
    <nav aria-label={settingsText.sectionsLabel} className="shrink-0 max-md:hidden md:w-44">
      {(['you', 'workspace'] as const).map((group) => (
        <div key={group} className="mb-4">
          <h2 className="text-muted mb-1 px-2 text-xs font-medium">{settingsText.groups[group]}</h2>
          <ul className="flex flex-col gap-0.5">
            {settingsGroups[group].map((section) => (
              <li key={section}>
                <Link
                  to="/settings/$section"
                  params={{ section }}
                  search={{}}
                  className="text-muted hover:bg-subtle hover:text-text flex min-h-8 items-center rounded-md px-2 py-1 font-medium"
                  activeOptions={{ includeSearch: false }}
                  activeProps={{ className: 'bg-subtle !text-text' }}
                >
                  {sectionTitle(section)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function Section({ section }: { readonly section: SettingsSection }): ReactNode {
  switch (section) {
    case 'appearance':
      return <AppearanceSection />
    case 'shortcuts':
      return <ShortcutsSection />
    case 'general':
      return <GeneralSection />
    case 'members':
      return <MembersSection />
    case 'oauth-profiles':
      return <ProfilesSection />
    case 'regions':
      return <RegionsSection />
    case 'hash-key':
      return <HashKeySection />
    case 'retention':
      return <RetentionSection />
    case 'alerts':
      return <AlertsSection />
    case 'api-keys':
      return <ApiKeysSection />
    case 'audit':
      return <AuditSection />
    case 'danger':
      return <DangerSection />
  }
}
