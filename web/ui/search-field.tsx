import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { classNames } from './class-names.ts'
import { Input } from './input.tsx'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder?: string
  /** On a phone it has a line of its own. */
  readonly wide?: boolean
  readonly value: string
  /** Called when the typing pauses. */
  readonly onChange: (value: string) => void
}

const pause = 200

/** The field that `/` goes to. What is typed takes effect when the typing pauses. */
export function SearchField({
  label,
  placeholder,
  wide = false,
  value,
  onChange,
}: SearchFieldProps): ReactNode {
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  // What was told and has not come back yet, oldest first.
  const [told, setTold] = useState<readonly string[]>([])
  if (known !== value) {
    setKnown(value)
    // One's own words that come back late are not put over what was typed meanwhile.
    const own = told.indexOf(value)
    setTold(told.slice(own + 1))
    if (own === -1) setTyped(value)
  }
  const tell = useEffectEvent(() => {
    if (typed === (told.at(-1) ?? value)) return
    setTold([...told, typed])
    onChange(typed)
  })
  useEffect(() => {
    const timer = setTimeout(() => tell(), pause)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <div className={classNames('relative min-w-40 flex-1 sm:max-w-64', wide && 'max-sm:basis-full')}>
      <Search
        aria-hidden
        size={15}
        className="text-muted pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2"
      />
      <Input
        data-page-search
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="pl-8"
      />
    </div>
  )
}
