import { settingsText } from '../strings/settings.ts'

/** The parts of the settings, as they are in the address: one's own, and the workspace's. */
export const settingsGroups = {
  you: ['appearance', 'shortcuts'],
  workspace: [
    'general',
    'members',
    'oauth-profiles',
    'regions',
    'hash-key',
    'retention',
    'alerts',
    'api-keys',
    'audit',
    'danger',
  ],
} as const

/** All parts, in order. */
export const settingsSections = [...settingsGroups.you, ...settingsGroups.workspace]
export type SettingsSection = (typeof settingsSections)[number]

/** The title of a part. */
export function sectionTitle(section: SettingsSection): string {
  return settingsText.sections[section]
}

/** Other words by which a part is found. */
export function sectionWords(section: SettingsSection): readonly string[] {
  return settingsText.sectionWords[section]
}
