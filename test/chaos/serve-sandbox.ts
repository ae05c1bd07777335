import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'

/**
 * A sandbox as a process of its own: its options are the first argument, as JSON, and the first line that it prints is its address.
 * It ends with standard input, so that it never outlives who started it.
 */
const options: object = JSON.parse(process.argv[2] ?? '{}')
const sandbox = await startSandbox(options)
process.stdout.write(`${sandbox.url}\n`)
process.stdin.resume().on('end', () => void sandbox.close().then(() => process.exit(0)))
