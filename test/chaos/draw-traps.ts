import type { Behaviour } from '@penstock/server/sandbox/behaviour-switches.ts'
import type { FaultKind, FaultOptions } from '@penstock/server/sandbox/faults/fault-plan.ts'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'
import type { SeededRandom } from '../fakes/seeded-random.ts'

/** The workspace of a seed: how many records it has, and those of its quirks that change what is true. */
export function drawWorkspace(random: SeededRandom, seed: number): SandboxOptions {
  const from = (least: number, most: number) => least + random.below(most - least + 1)
  return {
    seed,
    sizes: {
      contacts: from(300, 1500),
      companies: from(20, 350),
      conversations: from(40, 220),
      tickets: from(30, 400),
      activityLogs: from(20, 300),
      articles: from(10, 120),
    },
    timezone: random.pick(['America/Los_Angeles', 'Pacific/Auckland', 'Europe/Dublin', 'Asia/Kolkata']),
    latencyMs: random.pick([0, 0, 3, 15]),
    behaviour: {
      contactDates: random.pick(['workspace_day', 'utc_day', 'second']),
      contactAfterInclusive: yes(random),
      conversationDates: random.pick(['second', 'day']),
      afterInclusive: yes(random),
      contactSort: random.pick(['honoured', 'ignored']),
      conversationSort: random.pick(['honoured', 'ignored']),
      ticketSort: random.pick(['honoured', 'ignored']),
      badCursor: random.pick(['server_error', 'bad_request']),
      scrollToken: random.pick(['constant', 'fresh']),
      scrollExpirySeconds: random.pick([2, 3, 5]),
      searchTotalCount: random.pick(['right', 'right', 'wrong']),
      subListTotalCount: random.pick(['right', 'wrong']),
      contactCompaniesKey: random.pick(['data', 'companies']),
      ticketTypeAttributesKey: random.pick(['data', 'ticket_type_attributes']),
      teammatesShape: random.pick(['admins', 'teammates']),
      ownerId: random.pick(['integer', 'string']),
      partsTotalCount: random.pick(['all', 'returned']),
      versionEcho: random.pick(['right', 'absent']),
      rateLimitPerApp: random.pick([0, 0, 300, 60]),
      rateLimitWindowSeconds: 2,
      rateLimitHeaders: random.next() < 0.7,
      retryAfter: yes(random),
      goneOnRetrieve: random.pick([0, 0, 7, 13]),
      gzip: yes(random),
      subListHasMore: yes(random),
    },
  }
}

/** What goes wrong in one round: faults, and switches that `calmSwitches` undoes. */
export function drawTrouble(
  random: SeededRandom,
): Partial<Behaviour> & { readonly faults: FaultOptions | null } {
  const rare = <T>(otherwise: T, value: T) => (random.next() < 0.06 ? value : otherwise)
  return {
    faults: drawFaults(random),
    indexLagSeconds: random.pick([0, 0, 1, 3]),
    changeEvery: random.pick([0, 0, 7, 31, 3]),
    scrollErrorEvery: random.pick([0, 0, 0, 3, 5]),
    cursors: rare<Behaviour['cursors']>('right', random.pick(['loop', 'repeat'])),
    missingScopes: rare<readonly string[]>([], ['Read tickets']),
    planGates: rare<readonly string[]>([], ['/articles']),
    revokeAfter: rare(0, 1 + random.below(40)),
  }
}

/** A workspace that answers as it should, and stands still. */
export const calmSwitches: Partial<Behaviour> & { readonly faults: null } = {
  faults: null,
  indexLagSeconds: 0,
  changeEvery: 0,
  scrollErrorEvery: 0,
  cursors: 'right',
  missingScopes: [],
  planGates: [],
  revokeAfter: 0,
}

const passing: readonly FaultKind[] = [
  'rate_limited',
  'server_error',
  'bad_gateway',
  'unavailable',
  'timeout',
  'reset_before',
  'reset_middle',
  'cut_body',
  'html',
  'empty_body',
  'empty_object',
  'error_list',
  'slow',
]

function drawFaults(random: SeededRandom): FaultOptions | null {
  const seed = random.below(1e6)
  const draw = random.next()
  if (draw < 0.25) return null
  // A hang costs a whole time-out, so there is never more than one.
  if (draw < 0.29) return { rate: 0.02, kinds: ['hang'], times: 1, seed }
  if (draw < 0.4) return { rate: 0.6, kinds: ['rate_limited'], times: 25, seed }
  const kinds = random.some(passing, 6)
  return { rate: random.pick([0.01, 0.05, 0.15]), kinds: kinds.length > 0 ? kinds : passing, seed }
}

function yes(random: SeededRandom): boolean {
  return random.next() < 0.5
}
