import type { JsonObject } from '../json-text.ts'
import { drawsFor, pick, uuidFrom } from './draw.ts'
import type { Listed } from './reference-data.ts'

const kinds: readonly [string, string, JsonObject | null][] = [
  ['admin_login_success', 'logged in', { sign_in_method: 'email_password' }],
  ['app_name_change', 'changed your app name', { before: { name: 'old' }, after: { name: 'new' } }],
  [
    'admin_away_mode_change',
    'went away',
    { away_mode: true, reassign_conversations: false, auto_changed: 'Assigned Admin' },
  ],
  [
    'message_state_change',
    'changed a message',
    { message: { id: 123, title: 'Hallo, Welt' }, before: null, after: null },
  ],
  ['admin_logout', 'logged out', null],
  [
    'security_settings_change',
    'changed a setting',
    { changes: { 'two.factor': { before: false, after: true } }, update_by: 991267400, enabled: true },
  ],
]

/** What admins did over the last two years, oldest first; `end` in Unix seconds. */
export function makeActivityLogs(
  seed: number,
  count: number,
  end: number,
  admins: readonly Listed[],
): Listed[] {
  const draw = drawsFor(seed, 'activity')
  return Array.from({ length: count }, (_, index) => {
    const drawn = draw(index, 1)
    const created =
      end - 730 * 86_400 + Math.floor(((index + (drawn % 90) / 100) / count) * (730 * 86_400 - 600))
    return makeActivityLog({
      id: uuidFrom(draw, index),
      created,
      kind: drawn % kinds.length,
      admin: pick(admins, drawn >>> 5),
    })
  })
}

/** One entry of the log; `kind` is a small whole number. */
export function makeActivityLog({
  id,
  created,
  kind,
  admin,
}: {
  id: string
  created: number
  kind: number
  admin: Listed
}): Listed {
  const [type, did, metadata] = pick(kinds, kind)
  return {
    id,
    performed_by: { type: 'admin', id: admin.id, email: admin['email'], ip: `192.0.2.${kind + 1}` },
    metadata,
    created_at: created,
    activity_type: type,
    activity_description: `${String(admin['name'])} ${did}.`,
  }
}
