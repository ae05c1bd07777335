import type { SettingValue } from '@penstock/schemas/generated/pipeline.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import { pointerTo } from './problem.ts'
import type { Problem } from './problem.ts'

/** What a source or a destination says of one of its settings. */
export interface SettingRule {
  readonly title: string
  readonly secret?: boolean
}

export type SettingValues = Readonly<Record<string, SettingValue | undefined>>

/** What is wrong with the settings that are there: unknown names, and secrets written in the clear. Values are never quoted. */
export function validateSettings(
  at: readonly string[],
  settings: SettingValues,
  rules: Readonly<Record<string, SettingRule>>,
): readonly Problem[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const pointer = pointerTo(...at, name)
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (rule === undefined) return [{ pointer, ...unknownSetting(name, Object.keys(rules)) }]
    if (rule.secret && typeof value !== 'object') return [{ pointer, ...inTheClear(name) }]
    return []
  })
}

/** A setting that must be there and is not. */
export function missingSetting(at: readonly string[], name: string, rule: SettingRule): Problem {
  const example = rule.secret ? `${name}: { env: ${variableFor(name)} }` : `${name}: …`
  return {
    pointer: pointerTo(...at, name),
    message: `${name} (${rule.title}) is missing.`,
    fix: `Add ${example}`,
  }
}

function unknownSetting(name: string, known: readonly string[]): Omit<Problem, 'pointer'> {
  const near = nearestWord(name, known)
  return {
    message: `There is no setting named ${name}.`,
    fix: near ? `Did you mean ${near}?` : `Choose from: ${known.join(', ')}.`,
  }
}

function inTheClear(name: string): Omit<Problem, 'pointer'> {
  return {
    message: `${name} is a secret, and stands here in the clear.`,
    fix: `Keep it in an environment variable and write ${name}: { env: ${variableFor(name)} }. If this file was ever shared, replace the secret.`,
  }
}

/** accessToken → ACCESS_TOKEN. */
function variableFor(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()
}
