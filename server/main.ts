import './quick-start.js'

/**
 * A process of Penstock: `node server/main.ts [all|server|worker|sandbox]`.
 *
 * | part | is |
 * |---|---|
 * | all | web app, API, one worker and the sandbox workspace, on this machine: what `npm start` runs |
 * | server | web app and API alone |
 * | worker | carries runs, starts what is due, sends alerts |
 * | sandbox | a made-up Intercom workspace for newcomers |
 *
 * Servers and workers may be many, on any machines that reach the same PostgreSQL.
 */
const { startPart } = await import('./start/start-part.ts')
await startPart(process.argv[2] ?? 'all', { child: process.argv[3] === '--child' })
