import type { Destination, OpenTables } from '@penstock/server/engine/destination.ts'

/** A destination whose open tables are others than it says. */
export function wrapDestination(
  destination: Destination,
  wrap: (tables: OpenTables) => OpenTables,
): Destination {
  return {
    inProcess: destination.inProcess,
    check: async () => destination.check(),
    describe: async (objects) => destination.describe(objects),
    open: async (specs, claim) => wrap(await destination.open(specs, claim)),
    plan: async (specs) => destination.plan(specs),
    countRows: async (objects) => destination.countRows(objects),
    sumField: async (object, path, atMost) => destination.sumField(object, path, atMost),
    wipe: async (objects, options) => destination.wipe(objects, options),
    recordRun: async (report) => destination.recordRun(report),
    close: async () => destination.close(),
  }
}
