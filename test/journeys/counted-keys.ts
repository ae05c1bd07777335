import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** A keyboard that counts its presses, and looks after each where the focus is. */
export interface CountedKeys {
  readonly count: () => number
  /** Presses the keys one after the other. After each the focus is on an element: never on nothing. */
  press(...keys: readonly string[]): Promise<void>
  /** Types a text, a key for each letter. */
  type(text: string): Promise<void>
  /** Presses a key, most often Tab, until the focus is on what is meant. */
  pressUntil(key: string, accessible: RegExp): Promise<void>
  /** Waits until the focus is on an element of this accessible name or text. */
  focusOn(accessible: RegExp): Promise<void>
}

export function countKeys(page: Page): CountedKeys {
  let count = 0
  const one = async (key: string) => {
    count += 1
    await page.keyboard.press(key)
    await expect
      .poll(async () => await focused(page), { interval: 50, message: `focus after ${key}` })
      .not.toBe('')
  }
  return {
    count: () => count,
    press: async (...keys) => {
      for (const key of keys) await one(key)
    },
    type: async (text) => {
      for (const letter of text) await one(letter)
    },
    pressUntil: async (key, accessible) => {
      for (let tries = 0; tries < 20; tries += 1) {
        if (accessible.test(await focused(page))) return
        await one(key)
      }
      throw new Error(`After 20 times ${key} the focus is on “${await focused(page)}”, not on ${accessible}`)
    },
    focusOn: async (accessible) => {
      await expect.poll(async () => await focused(page), { interval: 50 }).toMatch(accessible)
    },
  }
}

/** The element with the focus by its label or its text; nothing where it is on the body. */
async function focused(page: Page): Promise<string> {
  return await page
    .evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return ''
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
      const words = [
        element.getAttribute('aria-label'),
        ...labels.map((label) => label.textContent),
        element.textContent,
      ]
      return `${element.tagName} ${words.filter(Boolean).join(' ')}`.trim().slice(0, 200)
    })
    .catch(() => '')
}
