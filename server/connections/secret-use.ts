/** What a connection's secret is sealed for: it opens in no other row, and under no other name. */
export function connectionSecretUse(connectionId: string, setting: string): string {
  return `connection:${connectionId}:${setting}`
}

/** What the secret of an OAuth profile is sealed for. */
export function profileSecretUse(profileId: string): string {
  return `oauthProfile:${profileId}:clientSecret`
}

/** What something secret that an OAuth attempt keeps until it ends is sealed for. */
export function attemptSecretUse(attemptId: string, name: string): string {
  return `oauthAttempt:${attemptId}:${name}`
}
