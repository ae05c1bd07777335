/** The name, with a number after it where others are called so already: `Intercom account 2`. */
export function freeName(name: string, taken: readonly string[]): string {
  const others = new Set(taken.map((one) => one.toLowerCase()))
  let number = 1
  const called = (): string => (number === 1 ? name : `${name} ${number}`)
  while (others.has(called().toLowerCase())) number += 1
  return called()
}
