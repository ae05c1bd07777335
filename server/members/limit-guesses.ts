import type { Services } from '../services.ts'
import { forgetAttempts, giveBackAttempt, hasMark, putMark, takeAttempt } from '../store/attempt-rows.ts'
import type { Attempt } from '../store/attempt-rows.ts'
import type { Tx } from '../store/database.ts'
import { addressKey } from './address-key.ts'
import { hashToken } from './one-time-token.ts'

/** So many wrong passwords of one account in this time, from wherever they come; then none is looked at until it is over. */
const most = 10
const windowMs = 15 * 60_000
/** So long an address from which an account was signed in to has a count of its own. */
const knownMs = 90 * 24 * 60 * 60_000

/** A password that somebody is about to try. */
export interface Guess {
  /** Of the account, whether there is one or not. */
  readonly email: string
  readonly ip: string | undefined
  /** `change`: of whoever is signed in, and changes it. */
  readonly for: 'signIn' | 'change'
}

/** A guess that was counted. */
export interface CountedGuess extends Attempt {
  readonly key: string
}

/**
 * Counts a guess before the password is looked at, so that guesses that come at once are limited like others. Whoever guesses from an address
 * from which the account was signed in to has a count of their own: a stranger cannot lock the owner out. An address that is nobody's
 * is treated the same in all of this, statement by statement, so that neither the answer nor its time tells.
 */
export async function countGuess({ database, clock }: Services, guess: Guess): Promise<CountedGuess> {
  const now = clock.now()
  return await database.asSystem(async (tx) => {
    const key = await keyOf(tx, guess, now)
    return { key, ...(await takeAttempt(tx, { key, most, windowMs, now })) }
  })
}

/** Whether this was the guess after which the account is limited, in case it was wrong. */
export function isLast({ count }: CountedGuess): boolean {
  return count === most
}

/** For a password that was right: the count starts anew, and the address is known from now on. */
export async function acceptGuess({ database, clock }: Services, guess: Guess): Promise<void> {
  await database.asSystem((tx) => startAnew(tx, guess, clock.now()))
}

/** For a request in which no password was looked at after all. */
export async function uncountGuess({ database }: Services, { key }: CountedGuess): Promise<void> {
  await database.asSystem((tx) => giveBackAttempt(tx, key))
}

/** Lets an account have all its guesses again. Whoever proved at this address that it is theirs is not in a stranger's way from then on. */
export async function startAnew(tx: Tx, { email, ip }: Omit<Guess, 'for'>, now: number): Promise<void> {
  const account = accountOf(email)
  await forgetAttempts(tx, `guess:${account}`)
  if (ip !== undefined) await putMark(tx, knownKey(account, ip), now + knownMs)
}

async function keyOf(tx: Tx, { email, ip, ...guess }: Guess, now: number): Promise<string> {
  const account = accountOf(email)
  const key = `guess:${account}`
  if (guess.for === 'change') return `${key}/change`
  const known = await hasMark(tx, knownKey(account, ip ?? ''), now)
  return known ? `${key}/${placeOf(ip ?? '')}` : key
}

function knownKey(account: string, ip: string): string {
  return `known:${account}/${placeOf(ip)}`
}

function accountOf(email: string): string {
  return hashToken(email.toLowerCase())
}

function placeOf(ip: string): string {
  return hashToken(addressKey(ip))
}
