import { createContext } from 'react'

/**
 * In a run, what a person reads below the name of each step: "1,204 extracted · 1,100 loaded". It comes beside the flow, not in it:
 * counts change twice a second, and nothing but these words is drawn anew then.
 */
export const LiveWords = createContext<ReadonlyMap<string, string>>(new Map())
