import { type ReactNode, useState } from 'react'
import { connectionsText } from '../strings/connections.ts'
import { Field } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { addressOf, type DatabaseParts, emptyParts, isAddress, withHost } from './database-address.ts'

const text = connectionsText.database

interface DatabaseFieldsProps {
  readonly address: string
  /** The connection is there: what is left empty stays as it is. */
  readonly kept: boolean
  readonly onChange: (address: string) => void
}

/** Where a PostgreSQL database is: part by part, or as the one line that hosters offer for copying. It leaves as one line, sealed as a whole. */
export function DatabaseFields({ address, kept, onChange }: DatabaseFieldsProps): ReactNode {
  const [way, setWay] = useState<'parts' | 'line'>('parts')
  const [parts, setParts] = useState(emptyParts)
  const [isPasted, setPasted] = useState(false)
  const say = (next: DatabaseParts): void => {
    setParts(next)
    onChange(addressOf(next))
  }
  const takeLine = (line: string): void => {
    setWay('line')
    setPasted(true)
    onChange(line)
  }
  return (
    <>
      <Segmented
        label={text.way}
        value={way}
        options={[
          { value: 'parts', label: text.inParts },
          { value: 'line', label: text.inOneLine },
        ]}
        onChange={(next) => {
          setWay(next)
          setPasted(false)
          if (next === 'parts') onChange(addressOf(parts))
        }}
      />
      {kept && <p className="text-muted">{text.kept}</p>}
      {way === 'line' ? (
        <TextField
          label={text.line}
          hint={text.lineHint}
          autoFocus={isPasted}
          {...secret}
          required={!kept}
          value={address}
          onChange={onChange}
        />
      ) : (
        <PartFields parts={parts} required={!kept || address !== ''} onChange={say} onLine={takeLine} />
      )}
    </>
  )
}

interface PartFieldsProps {
  readonly parts: DatabaseParts
  readonly required: boolean
  readonly onChange: (parts: DatabaseParts) => void
  /** A whole address was pasted as the host. */
  readonly onLine: (line: string) => void
}

function PartFields({ parts, required, onChange, onLine }: PartFieldsProps): ReactNode {
  const { host, port, database, user, password, tls } = parts
  const put = (part: Partial<DatabaseParts>): void => onChange({ ...parts, ...part })
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <TextField
          label={text.host}
          placeholder="db.example.com"
          {...plain}
          required={required}
          value={host}
          onChange={(typed) => (isAddress(typed) ? onLine(typed) : onChange(withHost(parts, typed)))}
        />
        <TextField
          label={text.port}
          placeholder="5432"
          {...plain}
          inputMode="numeric"
          pattern="\s*\d{1,5}\s*"
          wrong={text.portWrong}
          value={port}
          onChange={(typed) => put({ port: typed })}
        />
      </div>
      <TextField
        label={text.name}
        {...plain}
        required={required}
        value={database}
        onChange={(typed) => put({ database: typed })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={text.user}
          {...plain}
          required={required}
          value={user}
          onChange={(typed) => put({ user: typed })}
        />
        <TextField
          label={text.password}
          {...secret}
          value={password}
          onChange={(typed) => put({ password: typed })}
        />
      </div>
      <Field label={text.tls}>
        {(control) => (
          <Select {...control} value={tls} options={tlsOptions} onChange={(chosen) => put({ tls: chosen })} />
        )}
      </Field>
    </>
  )
}

const plain = { autoComplete: 'off', spellCheck: false } as const
const secret = { type: 'password', autoComplete: 'new-password', spellCheck: false } as const
const tlsOptions = (['', 'verify-full', 'prefer', 'disable'] as const).map((value) => ({
  value,
  label: text.tlsModes[value || 'usual'],
}))
