import type { Scenario } from './scenario.ts'
import { contactsInto } from './scenarios/contacts.ts'

/** In the order they run. */
export const scenarios: readonly Scenario[] = [contactsInto('PostgreSQL'), contactsInto('DuckDB')]
