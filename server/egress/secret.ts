import { inspect } from 'node:util'

const hidden = '[redacted]'

/** A value that nothing prints: only `reveal` gives it away, and only `authorize` and the destinations call that. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [inspect.custom](): string {
    return hidden
  }
}
