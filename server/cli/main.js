import module from 'node:module'
import { join } from 'node:path'

// An older Node cannot read the files behind this one, and would say so in its own words.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Penstock needs Node 24 or newer; this is ${process.versions.node}. Install it, or run the command through npm.\n`,
  )
  process.exit(2)
}

/**
 * Where the process begins. What Node made of our files the last time is kept below node_modules, so that a command starts in half
 * of the time: not in the temporary folder, where others could put something of theirs. Where it cannot be kept, nothing is lost but that.
 * Static imports would be loaded before the first line here, so everything else comes after it; and were this file TypeScript, Node would
 * load its type stripper for it alone, since all others come out of the cache.
 */
module.enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/penstock'))
await import('./command-line.ts')
