/**
 * Statements of one transaction, side by side: the driver sends them in one go, and PostgreSQL does them one after the other, so that they
 * cost one trip to the database together. For single statements that do not need each other. Settles only when all of them have, since
 * nothing may be under way when a transaction ends; throws what the first of them threw.
 */
export async function atOnce<T extends readonly unknown[]>(statements: {
  readonly [K in keyof T]: Promise<T[K]>
}): Promise<T> {
  await Promise.allSettled(statements)
  return await Promise.all(statements)
}
