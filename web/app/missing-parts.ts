import { lazyRouteComponent } from '@tanstack/react-router'

const reloadedAt = 'penstock.reloaded'
const onceIn = 60_000
const askAgainAfter = 2_000

/** A part of the app that did not come: the server does not answer, or was upgraded and has other parts by now. */
export class MissingPart extends Error {}

/** A screen that is fetched when it is gone to. Where it does not come, that is told as a `MissingPart`. */
export function lazyScreen<Part extends Record<Name, unknown>, Name extends string & keyof Part>(
  load: () => Promise<Part>,
  name: Name,
) {
  return lazyRouteComponent(async () => {
    try {
      return await load()
    } catch (error) {
      throw new MissingPart(name, { cause: error })
    }
  }, name)
}

/** Whether an error is of a part that did not come; dialogs and panels throw what the browser says. */
export function isMissingPart(error: unknown): boolean {
  return (
    error instanceof MissingPart ||
    (error instanceof TypeError && /dynamically imported module|module script/i.test(error.message))
  )
}

/**
 * Loads the page anew as soon as the server answers. Where it answers at once and the page was loaded for this less than a minute ago, the part
 * is really missing: it is given up, rather than loaded for ever. `onSilence` hears of every time that no answer came. Gives back what ends it.
 */
export function reloadOnceAnswered(onSilence: () => void, onGivenUp: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false
  const ask = async (mayReload: boolean): Promise<void> => {
    const answers = await hasAnswer()
    if (ended) return
    if (!answers) {
      onSilence()
      timer = setTimeout(() => void ask(true), askAgainAfter)
    } else if (mayReload) reload()
    else onGivenUp()
  }
  void ask(Date.now() - Number(sessionStorage.getItem(reloadedAt) ?? 0) > onceIn)
  return () => {
    ended = true
    clearTimeout(timer)
  }
}

async function hasAnswer(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok
  } catch {
    return false
  }
}

function reload(): void {
  sessionStorage.setItem(reloadedAt, String(Date.now()))
  location.reload()
}
