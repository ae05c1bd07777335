import type { CDPSession, Page } from 'playwright-core'

/** What a page's main thread did: in milliseconds of its own time, whatever else the machine does. */
export class PageMeter {
  readonly #cdp: CDPSession

  private constructor(cdp: CDPSession) {
    this.#cdp = cdp
  }

  static async of(page: Page): Promise<PageMeter> {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new PageMeter(cdp)
  }

  /** Milliseconds worked since the page began. */
  async worked(): Promise<number> {
    return (await this.work()).all
  }

  /** The same, and what of it went where. */
  async work(): Promise<Work> {
    const { metrics } = await this.#cdp.send('Performance.getMetrics')
    const milliseconds = (wanted: string): number =>
      1_000 * (metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN)
    return {
      all: milliseconds('TaskDuration'),
      scripts: milliseconds('ScriptDuration'),
      layout: milliseconds('LayoutDuration') + milliseconds('RecalcStyleDuration'),
    }
  }
}

/** What a main thread did, in milliseconds of its own time. What is neither script nor layout is painting, and the browser's own. */
export interface Work {
  readonly all: number
  readonly scripts: number
  /** With the computing of styles. */
  readonly layout: number
}

/** Counts frames from now on: `frames()` gives the gaps between them in milliseconds. */
export const sampleFrames = `
  globalThis.stamps = []
  globalThis.sampling = true
  const tick = (at) => { stamps.push(at); if (sampling) requestAnimationFrame(tick) }
  requestAnimationFrame(tick)
  globalThis.frames = () => { sampling = false; return stamps.slice(1).map((at, index) => at - stamps[index]) }
`

/** Measures from each key to the end of the frame that shows it: `echoes`, in milliseconds. */
export const sampleEchoes = `
  globalThis.echoes = []
  addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => echoes.push(performance.now() - timeStamp)
    channel.port2.postMessage(0)
  }), true)
`

/** Before the page's own scripts: counts React's commits in `commits`, as its developer tools would. */
export const countCommits = `
  globalThis.commits = 0
  globalThis.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true, renderers: new Map(), checkDCE() {}, inject() { return 1 },
    onCommitFiberRoot() { commits += 1 }, onCommitFiberUnmount() {}, onPostCommitFiberRoot() {}, onScheduleFiberRoot() {},
  }
`

/** Before the page's own scripts: `interactive` is when the first step stood and two frames had gone by, since the navigation. */
export const timeFirstStep = `
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.react-flow__node')) return
    observer.disconnect()
    requestAnimationFrame(() => requestAnimationFrame(() => {
      globalThis.interactive = performance.now()
      document.documentElement.dataset.interactive = ''
    }))
  }).observe(document, { childList: true, subtree: true })
`
