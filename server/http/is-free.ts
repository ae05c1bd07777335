import { createServer } from 'node:http'

/** Whether a port of this machine can be listened on now. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return await new Promise((answer) => {
    server.once('error', () => answer(false))
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)))
  })
}
