// An older Node cannot read the files behind this one, and would say so in its own words.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Penstock needs Node 24 or newer; this is ${process.versions.node}. Install it, or run the command through npm.\n`,
  )
  process.exit(2)
}

// Static imports would be loaded before the first line here, so everything else comes after it.
await import('../quick-start.js')
await import('./command-line.ts')
