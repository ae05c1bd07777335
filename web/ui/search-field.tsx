import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { Input } from './input.tsx'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder?: string
  readonly value: string
  /** Called when the typing pauses. */
  readonly onChange: (value: string) => void
}

const pause = 200

/** The field that `/` goes to. What is typed takes effect when the typing pauses. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps): ReactNode {
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  const tell = useEffectEvent(() => {
    if (typed !== value) onChange(typed)
  })
  useEffect(() => {
    const timer = setTimeout(() => tell(), pause)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <div className="relative min-w-40 flex-1 max-sm:basis-full sm:max-w-64">
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
