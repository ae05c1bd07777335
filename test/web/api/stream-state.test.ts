import { streamState } from '@penstock/web/api/stream-state.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function listen() {
  const told: string[] = []
  const state = streamState({ onState: (now) => told.push(now), onFlow: () => told.push('flows') })
  return { told, state }
}

test('a stream that the server opens only to refuse it is never called live', () => {
  const { told, state } = listen()
  for (let time = 0; time < 3; time++) {
    state.opened()
    vi.advanceTimersByTime(500)
    state.broke()
    vi.advanceTimersByTime(5_000)
  }
  expect(new Set(told)).toEqual(new Set(['reconnecting']))
})

test('a stream on which nothing happens is live a second after it was opened; one that tells something, at once', () => {
  const { told, state } = listen()
  state.opened()
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual(['flows', 'live'])
  state.broke()
  state.opened()
  state.told()
  state.told()
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual(['flows', 'live', 'reconnecting', 'flows', 'live'])
})

test('one that is let go of says nothing more', () => {
  const { told, state } = listen()
  state.opened()
  state.stop()
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual([])
})
