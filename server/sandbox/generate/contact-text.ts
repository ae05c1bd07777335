import { customAttributes } from './custom-attributes.ts'
import type { Draw } from './draw.ts'
import { pick } from './draw.ts'
import { homelands } from './people-words.ts'
import type { Timeline } from './timeline.ts'

/** What a contact's text needs from the workspace around it. */
export interface ContactSurroundings {
  readonly workspaceId: string
  readonly draw: Draw
  readonly timeline: Timeline
  readonly adminIds: readonly string[]
  readonly subscriptionIds: readonly string[]
}

/** Switches that change what a contact looks like. */
export interface ContactShape {
  readonly unstorableText: () => boolean
  readonly ownerIdAsText: () => boolean
}

/** The name, place and address of the contact at an index; the words are escaped for JSON. */
export function personAt(draw: Draw, index: number) {
  const drawn = draw(index, 10)
  const home = pick(homelands, drawn)
  const name = `${pick(home.firstNames, drawn >>> 6)} ${pick(home.lastNames, drawn >>> 11)}`
  const domain = index % 3 === 0 ? 'example.com' : index % 3 === 1 ? 'mail.example.net' : 'post.example.org'
  return {
    home,
    name,
    email: `person.${index}@${domain}`,
    domain,
    isLead: drawn % 5 === 0,
    externalId: `user-${index + 1}`,
  }
}

/**
 * The JSON text of the contact at `index`, without its closing brace and without tags, notes and companies: text and
 * not an object, because a page of 150 has to be made within two milliseconds.
 */
export function contactHead(at: ContactSurroundings, id: string, index: number, shape: ContactShape): string {
  const { draw, timeline } = at
  const person = personAt(draw, index)
  const drawn = draw(index, 11)
  const { created, updated, at: moment } = timeline.datesOf(index)
  const phone =
    drawn % 3 === 0 ? 'null' : `"${person.home.phonePrefix}${String(drawn % 1000).padStart(3, '0')}"`
  const name = drawn % 29 === 0 ? 'null' : `"${person.name}"`
  const avatar =
    drawn % 4 === 0
      ? `{"type":"avatar","image_url":"https://static.example.com/avatars/${index}.png"}`
      : 'null'
  const quote = shape.ownerIdAsText() ? '"' : ''
  const owner = drawn % 5 === 0 ? quote + pick(at.adminIds, drawn >>> 4) + quote : 'null'
  return (
    `{"type":"contact","id":"${id}","workspace_id":"${at.workspaceId}","external_id":${person.isLead ? 'null' : `"${person.externalId}"`},"role":"${person.isLead ? 'lead' : 'user'}",` +
    `"email":"${person.email}","email_domain":"${person.domain}","phone":${phone},"name":${name},"owner_id":${owner},"avatar":${avatar},` +
    `"social_profiles":{"type":"list","data":[]},"has_hard_bounced":${drawn % 53 === 0},"marked_email_as_spam":${drawn % 101 === 0},"unsubscribed_from_emails":${drawn % 17 === 0},"unsubscribed_from_sms":false,"sms_consent":null,` +
    `"created_at":${created},"updated_at":${updated},"signed_up_at":${person.isLead ? 'null' : created},` +
    activityOf(moment, drawn) +
    `"location":${pick(person.home.locations, drawn >>> 7)},` +
    devicesOf(drawn, moment(0.7)) +
    `"custom_attributes":${customAttributes(draw, index, shape.unstorableText())},"utm_campaign":null,"utm_content":null,"utm_medium":null,"utm_source":${drawn % 6 === 0 ? '"newsletter"' : 'null'},"utm_term":null,"referrer":${drawn % 8 === 0 ? '"https://blog.example.org/?q=a&b=c"' : 'null'},"enabled_push_messaging":null,` +
    subscriptionsOf(at, id, drawn)
  )
}

/** The subscription types a contact chose itself: opted out of, opted into. */
export function chosenSubscriptions(
  at: ContactSurroundings,
  index: number,
): { out: readonly string[]; in: readonly string[] } {
  return subscriptionIds(at, at.draw(index, 11))
}

function subscriptionIds(at: ContactSurroundings, drawn: number) {
  const some = drawn % 9 === 0
  return { out: some ? at.subscriptionIds.slice(0, 1) : [], in: some ? at.subscriptionIds.slice(1, 3) : [] }
}

function subscriptionsOf(at: ContactSurroundings, id: string, drawn: number): string {
  const chosen = subscriptionIds(at, drawn)
  const list = (ids: readonly string[]) =>
    `{"type":"list","data":[${ids.map((one) => `{"id":"${one}","type":"subscription","url":"/subscription_types/${one}"}`).join(',')}],"url":"/contacts/${id}/subscriptions","total_count":${ids.length},"has_more":false}`
  return `"opted_out_subscription_types":${list(chosen.out)},"opted_in_subscription_types":${list(chosen.in)}`
}

function activityOf(moment: (share: number) => number, drawn: number): string {
  const seen = drawn % 6 === 0 ? 'null' : moment(0.9)
  const replied = drawn % 3 === 0 ? moment(0.6) : 'null'
  const contacted = drawn % 2 === 0 ? moment(0.4) : 'null'
  const opened = drawn % 7 === 0 ? moment(0.5) : 'null'
  return (
    `"last_seen_at":${seen},"last_replied_at":${replied},"last_contacted_at":${contacted},"last_email_opened_at":${opened},"last_email_clicked_at":null,` +
    `"language_override":${drawn % 13 === 0 ? '"pt-BR"' : 'null'},"browser":"${drawn % 2 === 0 ? 'chrome' : 'firefox'}","browser_version":"${100 + (drawn % 40)}.0","browser_language":"en","os":"${drawn % 5 === 0 ? 'Windows 11' : 'OS X 15.1'}",`
  )
}

const noAndroid =
  '"android_app_name":null,"android_app_version":null,"android_device":null,"android_os_version":null,"android_sdk_version":null,"android_last_seen_at":null,'
const noIos =
  '"ios_app_name":null,"ios_app_version":null,"ios_device":null,"ios_os_version":null,"ios_sdk_version":null,"ios_last_seen_at":null,'

function devicesOf(drawn: number, seen: number): string {
  if (drawn % 19 !== 0) return noAndroid + noIos
  return `${noAndroid}"ios_app_name":"Pocket","ios_app_version":"4.2.0","ios_device":"iPhone15,3","ios_os_version":"18.1","ios_sdk_version":"17.2","ios_last_seen_at":${seen},`
}
