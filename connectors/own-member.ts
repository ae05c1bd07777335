/** What a manifest's object has under a name of its own; undefined for every other word, `constructor` included. */
export function ownMember<T>(members: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return members && Object.hasOwn(members, name) ? members[name] : undefined
}
