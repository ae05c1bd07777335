import { z } from 'zod'
import { passwordLength } from '../members/auth.ts'

/** A role, from little to much. */
export const roleSchema = z.enum(['viewer', 'editor', 'admin'])
/** What people call something: one line, not empty. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}*$/u)
export const emailSchema = z.email().max(254)
export const passwordSchema = z.string().min(passwordLength.min).max(passwordLength.max)
/** A one-time token of a link. */
export const tokenSchema = z.string().min(1).max(200)
/** An act that answers nothing but that it is done. */
export const doneSchema = z.void()
export const idSchema = z.strictObject({ id: z.string().min(1).max(200) })

export const meSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  workspace: z.object({ id: z.string(), name: z.string() }).nullable(),
  role: roleSchema.nullable(),
  workspaces: z.array(z.object({ id: z.string(), name: z.string(), role: roleSchema })),
  setupNeeded: z.boolean(),
  version: z.string(),
  sandboxOffered: z.boolean(),
  mailOffered: z.boolean(),
})

export const memberSchema = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  joinedAt: z.iso.datetime(),
})

export const matrixSchema = z.object({
  areas: z.array(
    z.object({
      area: z.string(),
      acts: z.array(z.object({ procedure: z.string(), words: z.string(), role: roleSchema })),
    }),
  ),
})

export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  expiresAt: z.iso.datetime(),
  invitedBy: z.string(),
})

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  hint: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
})

/** Region names by connector. */
export const regionsSchema = z.record(z.string().max(100), z.array(z.string().max(100)).max(50))
