import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { uiText } from '../strings/ui.ts'
import { classNames } from './class-names.ts'
import type { ComboboxOption } from './combobox.tsx'
import { Input } from './input.tsx'
import { Name } from './name.tsx'

interface ComboboxListProps {
  readonly label: string
  readonly options: readonly ComboboxOption[]
  readonly value: string | undefined
  readonly onChoose: (value: string) => void
  /** Whoever gives the options searches, too; else they are searched here. */
  readonly onSearch?: ((query: string) => void) | undefined
  /** Takes the focus as soon as it is there. */
  readonly autoFocus?: boolean
  /** The options are on their way. Enter pressed meanwhile counts: the first that matches is chosen when they arrive. */
  readonly loading?: boolean
}

/** At most so many options are drawn: whoever wants another one types a letter more. */
const mostShown = 100

/** A search field and the options that match it. ↑ ↓ move, Enter chooses. */
export function ComboboxList({
  label,
  options,
  value,
  onChoose,
  onSearch,
  autoFocus = false,
  loading = false,
}: ComboboxListProps): ReactNode {
  const id = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const shown = loading ? [] : onSearch ? options : matching(options, query)
  const chooseOnArrival = useChooseOnArrival(loading, shown[0]?.value, onChoose)
  const move = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, shown.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else if (event.key === 'Enter' && loading) chooseOnArrival(true)
    else if (event.key === 'Enter' && shown[active]) onChoose(shown[active].value)
    else return
    event.preventDefault()
  }
  return (
    <>
      <Input
        role="combobox"
        autoFocus={autoFocus}
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={shown[active] ? `${id}-${active}` : undefined}
        placeholder={uiText.search}
        value={query}
        onKeyDown={move}
        onChange={(event) => {
          setQuery(event.target.value)
          onSearch?.(event.target.value)
          setActive(0)
          chooseOnArrival(false)
        }}
      />
      <ul id={id} role="listbox" aria-label={label} className="mt-1 max-h-64 overflow-y-auto">
        {shown.map((option, index) => (
          <Option
            key={option.value}
            id={`${id}-${index}`}
            option={option}
            chosen={option.value === value}
            active={index === active}
            onPoint={() => setActive(index)}
            onChoose={() => onChoose(option.value)}
          />
        ))}
      </ul>
      {shown.length === 0 && <NoOption loading={loading} />}
    </>
  )
}

function NoOption({ loading }: { readonly loading: boolean }): ReactNode {
  return (
    <p role="status" className="text-muted px-2 py-3 text-center">
      {loading ? uiText.loading : uiText.nothingMatches}
    </p>
  )
}

/** Keeps an Enter that came before the options did. Answers how to keep it, or forget it. */
function useChooseOnArrival(
  loading: boolean,
  first: string | undefined,
  onChoose: (value: string) => void,
): (wanted: boolean) => void {
  const wanted = useRef(false)
  useEffect(() => {
    if (loading || !wanted.current) return
    wanted.current = false
    if (first !== undefined) onChoose(first)
  }, [loading, first, onChoose])
  return (next) => {
    wanted.current = next
  }
}

interface OptionProps {
  readonly id: string
  readonly option: ComboboxOption
  readonly chosen: boolean
  readonly active: boolean
  readonly onPoint: () => void
  readonly onChoose: () => void
}

function Option({ id, option, chosen, active, onPoint, onChoose }: OptionProps): ReactNode {
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      ref={active ? (line) => line?.scrollIntoView({ block: 'nearest' }) : undefined}
      onPointerMove={onPoint}
      onClick={onChoose}
      className={classNames(
        'flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5',
        active && 'bg-subtle',
      )}
    >
      <span className="min-w-0 flex-1">
        <Name lines={1}>{option.label}</Name>
        {option.detail && <span className="text-muted block truncate text-xs">{option.detail}</span>}
      </span>
      {chosen && <Check aria-hidden size={14} className="text-accent shrink-0" />}
    </li>
  )
}

function matching(options: readonly ComboboxOption[], query: string): readonly ComboboxOption[] {
  const words = query.toLowerCase().split(/\s+/)
  const hit = (option: ComboboxOption): boolean => {
    const text = `${option.label} ${option.detail ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  return options.filter(hit).slice(0, mostShown)
}
