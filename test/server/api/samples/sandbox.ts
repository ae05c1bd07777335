import type { Outcomes, Samples } from '../matrix-world.ts'

export const samples: Samples = {}

/** The matrix runs without a sandbox. */
export const outcomes: Outcomes = { 'sandbox.accept': 404 }
