import type { ChangeRow } from '../store/change-rows.ts'

type Told = Pick<
  ChangeRow,
  'object' | 'kind' | 'applied' | 'policy' | 'decision' | 'own' | 'continues' | 'continuedBy'
>

/** What the next run will do about a schema change, in one sentence. What the published pipeline itself says of a field goes before everything. */
export function explainEffect(change: Told): string {
  if (change.kind === 'removed')
    return change.continuedBy !== null
      ? `Its column goes on with the values of ${change.continuedBy}, as was decided.`
      : 'The column stays; rows that land from now on hold nothing in it until the field comes back.'
  if (change.own !== null)
    return `The pipeline itself says what happens: ${ownWords[change.own] ?? change.own}.`
  return change.kind === 'added' ? explainAdded(change) : explainRetyped(change)
}

const ownWords: Readonly<Record<string, string>> = {
  replicate: 'it lands as it is',
  hash: 'it lands hashed',
  exclude: 'it is left out',
}

const leftOut =
  'From the next run on it is left out; the column stays, and rows that landed before hold it until they change.'

function explainAdded({ applied, policy, decision, continues }: Told): string {
  const landed = applied !== 'none'
  switch (decision) {
    case 'replicate':
      if (!landed) return 'The next run adds the column and lands its values as they are.'
      return applied === 'column_added_hashed'
        ? 'From the next run on its values land as they are; rows that landed before keep their tokens until they change.'
        : 'It was added as it is, and the next run goes on so.'
    case 'hash':
      if (!landed) return 'The next run adds the column and lands its values hashed.'
      return applied === 'column_added_hashed'
        ? 'It was added hashed, and the next run goes on so.'
        : 'From the next run on its values land hashed; rows that landed before keep the plain values until they change.'
    case 'exclude':
      return landed ? leftOut : 'The next run leaves it out.'
    case 'continue':
      return landed
        ? `From the next run on its values go to the column ${continues}, protected as that is; the column it had stays, with what rows hold in it.`
        : `From the next run on its values go to the column ${continues}, protected as that is.`
    case null:
      if (!landed)
        return policy === 'block'
          ? 'The next run leaves it out, as long as nobody decides.'
          : 'The next run adds it, as the pipeline’s rule for new fields says.'
      return applied === 'column_added_hashed'
        ? 'It was added hashed, and the next run goes on so.'
        : 'It was added as it is, and the next run goes on so.'
  }
}

function explainRetyped(change: Told): string {
  const { object, applied, policy, decision } = change
  if (policy !== 'block') return explainWidened(change)
  if (decision === null)
    return applied === 'none'
      ? 'The next run rejects records whose value does not fit the column, as long as nobody decides.'
      : explainWidened(change)
  return `${explainWidened(change)} What was rejected before lands when it is read again: once it changes, or by a re-sync of ${object}.`
}

function explainWidened({ applied, decision }: Told): string {
  switch (decision) {
    case 'hash':
      return 'The next run lands its values hashed, in a column that holds text.'
    case 'exclude':
      return leftOut
    case 'replicate':
    case 'continue':
    case null:
      return applied === 'none'
        ? 'The next run widens the column, so that it holds both types.'
        : 'The column was widened to hold both types, and the next run goes on so.'
  }
}
