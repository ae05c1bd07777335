import { z } from 'zod'
import { deepest, isBounded, mostMembers } from '../pipelines/is-bounded.ts'

/** Any JSON object of a size and depth that can be worked with, and that can be kept. */
export const boundedObject = z
  .record(z.string(), z.unknown())
  .refine(isBounded, `It is larger than ${mostMembers} members, or nested deeper than ${deepest}.`)
