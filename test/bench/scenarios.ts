import type { Scenario } from './scenario.ts'
import { contactsInto } from './scenarios/contacts.ts'
import { conversationParts } from './scenarios/conversation-parts.ts'
import { latency } from './scenarios/latency.ts'
import { memory } from './scenarios/memory.ts'
import { rateLimit } from './scenarios/rate-limit.ts'

/** In the order they run. */
export const scenarios: readonly Scenario[] = [
  contactsInto('PostgreSQL'),
  contactsInto('DuckDB'),
  conversationParts,
  latency,
  rateLimit,
  memory,
]
