import type { Destination, Finding } from '../engine/destination.ts'

/** Tries a destination that was opened for nothing else, and closes it, whatever comes of that. */
export async function checkAndClose(destination: Destination): Promise<readonly Finding[]> {
  try {
    return await destination.check()
  } finally {
    await destination.close()
  }
}
