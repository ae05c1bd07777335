import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import { DomainError } from '../domain-error.ts'
import { Secret } from '../egress/secret.ts'
import { listSettings } from './list-settings.ts'
import type { Method } from './list-settings.ts'

/** What a form asks for: of a source by its manifest, of a destination by the registry. */
export interface SettingRule {
  readonly name: string
  readonly title: string
  readonly secret: boolean
  readonly optional: boolean
  readonly default: string | null
}

/** What was filled in, the secret apart from the rest. */
export interface SplitSettings {
  readonly settings: Record<string, string>
  readonly secrets: ReadonlyMap<string, Secret>
}

/** What a source asks for with a method. */
export function sourceRules(manifest: Manifest, method: Method): readonly SettingRule[] {
  return listSettings(manifest).filter(({ methods }) => methods.includes(method))
}

/** Splits what was filled in by its rules, defaults included. Throws `INVALID` with every problem; a value is never quoted. */
export function splitSettings(
  rules: readonly SettingRule[],
  given: Readonly<Record<string, string>>,
): SplitSettings {
  const unknown = Object.keys(given).filter((name) => !rules.some((rule) => rule.name === name))
  const missing = rules.filter((rule) => !rule.optional && !valueOf(rule, given))
  const problems = [
    ...unknown.map((name) => unknownSetting(name, rules)),
    ...missing.map(({ name, title }) => ({
      pointer: `/settings/${name}`,
      message: `${title} is missing.`,
      fix: 'Fill it in.',
    })),
  ]
  const [first] = problems
  if (first) throw new DomainError('INVALID', `${first.message} ${first.fix}`, { details: { problems } })
  const settings: Record<string, string> = {}
  const secrets = new Map<string, Secret>()
  for (const rule of rules) {
    const value = valueOf(rule, given)
    if (!value) continue
    if (rule.secret) secrets.set(rule.name, new Secret(value))
    else settings[rule.name] = value
  }
  return { settings, secrets }
}

function valueOf(rule: SettingRule, given: Readonly<Record<string, string>>): string | undefined {
  const value = Object.hasOwn(given, rule.name) ? given[rule.name]?.trim() : undefined
  return value || rule.default || undefined
}

function unknownSetting(name: string, rules: readonly SettingRule[]) {
  const known = rules.map((rule) => rule.name)
  const near = nearestWord(name, known)
  return {
    pointer: `/settings/${name}`,
    message: `There is no setting of that name.`,
    fix: near ? `Did you mean ${near}?` : `Choose from: ${known.join(', ')}.`,
  }
}
