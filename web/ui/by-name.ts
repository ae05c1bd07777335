const collator = new Intl.Collator(undefined, { numeric: true })

/** Orders names as people do: numbers in them by their size. */
export const byName: (one: string, other: string) => number = collator.compare
