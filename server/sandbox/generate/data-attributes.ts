import type { JsonObject } from '../json-text.ts'

type Row = readonly [model: string, name: string, fullName: string, label: string, dataType: string]

const standard: readonly Row[] = [
  ['contact', 'name', 'name', 'Name', 'string'],
  ['contact', 'email', 'email', 'Email', 'string'],
  ['contact', 'phone', 'phone', 'Phone', 'string'],
  ['contact', 'created_at', 'created_at', 'First seen', 'date'],
  ['contact', 'city', 'location.city', 'City', 'string'],
  ['contact', 'name', 'companies.name', 'Company name', 'string'],
  ['company', 'name', 'name', 'Company name', 'string'],
  ['company', 'company_id', 'company_id', 'Company ID', 'string'],
  ['company', 'last_request_at', 'last_request_at', 'Company last seen', 'date'],
  ['company', 'name', 'plan.name', 'Plan', 'string'],
  ['company', 'monthly_spend', 'monthly_spend', 'Monthly Spend', 'float'],
  ['conversation', 'id', 'id', 'Conversation ID', 'string'],
  ['conversation', 'id', 'source.id', 'Message ID', 'string'],
  ['conversation', 'id', 'source.author.id', 'Author ID', 'string'],
  ['conversation', 'type', 'source.type', 'Channel', 'string'],
  ['conversation', 'type', 'source.author.type', 'Author type', 'string'],
  ['conversation', 'updated_at', 'updated_at', 'Last updated at', 'datetime'],
]

const custom: readonly Row[] = [
  ['contact', 'plan_tier', 'custom_attributes.plan_tier', 'Plan tier', 'string'],
  ['contact', 'first.second.third', 'custom_attributes.first.second.third', 'Dots', 'string'],
  ['contact', '__proto__', 'custom_attributes.__proto__', 'Prototype', 'string'],
  ['contact', 'old field', 'custom_attributes.old field', 'Archived', 'integer'],
  ['company', 'seats', 'custom_attributes.seats', 'Sièges', 'integer'],
  ['conversation', 'Sprache', 'custom_attributes.Sprache', 'Sprache', 'string'],
  ['conversation', 'order.id', 'custom_attributes.order.id', 'Order', 'integer'],
]

/** Names repeat within a model and only custom attributes have an id: the key is (model, full_name). */
export function makeDataAttributes(adminId: string, end: number): JsonObject[] {
  return [
    ...standard.map((row) => makeAttribute(row, false)),
    ...custom.map((row, index) => ({
      id: 12_878 + index,
      ...makeAttribute(row, true),
      archived: row[1] === 'old field',
      created_at: end - 40_000_000 + index,
      updated_at: end - 3_000_000 + index,
      admin_id: adminId,
    })),
  ]
}

function makeAttribute([model, name, fullName, label, dataType]: Row, isCustom: boolean): JsonObject {
  const attribute: JsonObject = {
    type: 'data_attribute',
    model,
    name,
    full_name: fullName,
    label,
    data_type: dataType,
    api_writable: isCustom,
    ui_writable: isCustom,
    messenger_writable: false,
    custom: isCustom,
    archived: false,
  }
  if (!isCustom) attribute['description'] = `About ${label}`
  if (name === 'plan_tier') attribute['options'] = ['free', 'gold', 'platinum', 'プレミアム']
  return attribute
}
