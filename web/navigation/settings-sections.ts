import { settingsText } from '../strings/settings.ts'

/** The parts of the settings, as they are in the address. */
export const settingsSections = [
  'appearance',
  'shortcuts',
  'members',
  'oauth-profiles',
  'regions',
  'hash-key',
  'retention',
  'alerts',
  'api-keys',
  'audit',
  'danger',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** The title of a part. */
export function sectionTitle(section: SettingsSection): string {
  return settingsText.sections[section]
}
