import type { JsonObject } from '../json-text.ts'
import { drawsFor } from './draw.ts'
import { objectIdOf } from './timeline.ts'
import type { SandboxSizes } from '../sandbox-sizes.ts'

/** A record of a small object, kept as the API answers it. */
export interface Listed extends JsonObject {
  readonly id: string
}

/** What the big objects refer to: small lists, kept as objects, changed in place. */
export interface ReferenceData {
  readonly admins: Listed[]
  readonly teams: Listed[]
  readonly tags: Listed[]
  readonly segments: Listed[]
  readonly subscriptionTypes: Listed[]
}

/** Admins, teams, tags, segments and subscription types; `end` is the workspace's now in Unix seconds. */
export function makeReferenceData(seed: number, sizes: SandboxSizes, end: number): ReferenceData {
  const draw = drawsFor(seed, 'reference')
  const teamIdsOf = (admin: number) =>
    [...Array(sizes.teams).keys()].filter((team) => draw(admin, team) % 3 === 0).map(teamId)
  const admins = listOf(Math.max(sizes.admins, 1), (index) => makeAdmin(index, teamIdsOf(index)))
  const teams = listOf(sizes.teams, (index) => makeTeam(index, admins))
  const tags = listOf(sizes.tags, (index) => ({
    type: 'tag',
    id: String(7_400_100 + index * 3),
    name: tagName(index),
  }))
  const segments = listOf(sizes.segments, (index) => makeSegment(index, end - (index + 3) * 5_000_000))
  return { admins, teams, tags, segments, subscriptionTypes: makeSubscriptionTypes() }
}

function listOf(count: number, make: (index: number) => Listed): Listed[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function teamId(index: number): number {
  return 5_017_690 + index * 11
}

const adminNames = [
  'Mara Quill',
  'Jürgen Ähre',
  '佐々木 りん',
  'נועם ברק',
  'Zoë O’Dwyer',
  'خالد ناصر',
  'Priya नायर',
  'Tomás Núñez',
]

function makeAdmin(index: number, teamIds: readonly number[]): Listed {
  return {
    type: 'admin',
    email: `admin.${index}@support.example.com`,
    id: String(991_267_400 + index * 7),
    name: `${adminNames[index % adminNames.length]}${index < adminNames.length ? '' : ` ${index}`}`,
    job_title: index % 3 === 0 ? 'Support lead' : 'Support specialist',
    away_mode_enabled: index % 5 === 4,
    away_mode_reassign: false,
    away_status_reason_id: null,
    has_inbox_seat: index % 6 !== 5,
    team_ids: teamIds,
    team_priority_level: { primary_team_ids: teamIds.slice(0, 1), secondary_team_ids: teamIds.slice(1) },
  }
}

function makeTeam(index: number, admins: readonly Listed[]): Listed {
  const id = teamId(index)
  const members = admins
    .filter((admin) => (admin['team_ids'] as number[]).includes(id))
    .map((admin) => Number(admin.id))
  const team = {
    type: 'team',
    id: String(id),
    name:
      ['Erste Hilfe', 'Billing & Refunds', '日本語サポート', 'Escalations 🚨'][index % 4] +
      (index < 4 ? '' : ` ${index}`),
    admin_ids: members,
    admin_priority_level: { primary_admin_ids: members.slice(0, 2), secondary_admin_ids: members.slice(2) },
  }
  return index % 2 === 0 ? team : { ...team, assignment_limit: 20, distribution_method: 'load_balanced' }
}

const tagWords = [
  'Refund',
  'Bug',
  'VIP',
  'Feature request',
  'Öffnungszeiten',
  '請求',
  'متابعة',
  'Churn risk',
  'a.b.c',
  'Trial 🕐',
]

function tagName(index: number): string {
  const word = tagWords[index % tagWords.length] as string
  return index < tagWords.length ? word : `${word} ${Math.floor(index / tagWords.length) + 1}`
}

function makeSegment(index: number, created: number): Listed {
  return {
    type: 'segment',
    id: objectIdOf(created, '5e69f01f21', index),
    name: `${['New', 'Active', 'Slipping away', 'Paying'][index % 4]} ${index}`,
    created_at: created,
    updated_at: created + index * 86_400,
    person_type: index % 3 === 2 ? 'contact' : 'user',
  }
}

function makeSubscriptionTypes(): Listed[] {
  const names = ['Newsletter', 'Product news', 'Text messages', 'Old announcements']
  return names.map((name, index) => {
    const english = { name, description: `About ${name.toLowerCase()}`, locale: 'en' }
    const german = { name: `${name} (deutsch)`, description: 'Neuigkeiten für Sie', locale: 'de' }
    return {
      type: 'subscription',
      id: String(91 + index),
      state: ['live', 'live', 'draft', 'archived'][index],
      consent_type: index % 2 === 0 ? 'opt_out' : 'opt_in',
      default_translation: english,
      translations: index === 1 ? [english, german] : [english],
      content_types: index === 2 ? ['sms_message'] : ['email'],
    }
  })
}
