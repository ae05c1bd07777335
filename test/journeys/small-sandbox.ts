import { defaultSizes } from '@penstock/server/sandbox/sandbox-sizes.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'

/** So many contacts, and a tenth of everything else that there is much of. */
export const fewContacts = 200

/**
 * The sandbox workspace in this process, with a tenth of its records: for journeys that are about what people see and do. A run that reads
 * all of it takes a second and not ten, of which most went into asking for conversations one by one.
 */
export async function startSmallSandbox(): Promise<Sandbox> {
  return await startSandbox({
    sizes: {
      ...defaultSizes,
      contacts: fewContacts,
      companies: 30,
      conversations: 80,
      tickets: 40,
      activityLogs: 50,
    },
  })
}
