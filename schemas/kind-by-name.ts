import type { SensitiveKind } from './generated/record.ts'

const names: readonly (readonly [RegExp, SensitiveKind])[] = [
  [/e[-_ ]?mail/i, 'email'],
  [/phone|mobile|(^|[_ .-])(tel|fax|sms|whatsapp|msisdn)([_ .-]|$)/i, 'phone'],
  [/(^|[_ .-])ip([_ .-]|$)|ip_?addr/i, 'ip'],
  [
    /(^|[_ .-])(first|last|full|given|family|sur|middle|maiden|nick|user|display)?[_ -]?names?$/i,
    'person_name',
  ],
  [/address|street|city|postal|zip_?code|postcode|latitude|longitude|geo/i, 'address'],
  [
    /birth|gender|passport|ssn|social_security|tax_?id|national_id|iban|card_?number|licen[cs]e/i,
    'external_id',
  ],
  [/external_?id|(^|_)user_?id$|customer_?id/i, 'external_id'],
  [/avatar|photo|picture|image|profile_?url/i, 'url'],
  [/signature|remark|comment|note|biography|(^|_)bio($|_)/i, 'free_text'],
]

/** The personal data that a field's name speaks for; undefined where it speaks for none. The engine hashes by it, and the editor proposes it. */
export function kindByName(name: string): SensitiveKind | undefined {
  return names.find(([pattern]) => pattern.test(name))?.[1]
}
