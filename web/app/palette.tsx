import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Keyboard, type LucideIcon, Plug, SunMoon, Workflow } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { api } from '../api/client.ts'
import { useKeysOf } from '../keyboard/preferences.ts'
import type { ShortcutName } from '../keyboard/shortcuts.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { setTheme, themes } from '../navigation/theme.ts'
import { appText } from '../strings/app.ts'
import { classNames } from '../ui/class-names.ts'
import { dialogClass } from '../ui/dialog.tsx'
import { Keys } from '../ui/kbd.tsx'
import { Name } from '../ui/name.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useCreateChoices } from './create-choices.ts'
import { frameItems } from './frame-items.ts'
import { PaletteSettings } from './palette-settings.tsx'
import { useBestMatch } from './use-best-match.ts'

const text = appText.palette

/** Ctrl or ⌘ K: one field that finds pipelines, connections, settings and commands. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [query, setQuery] = useState('')
  const { list, command, begin } = useBestMatch()
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="bg-scrim fixed inset-0 z-40" />
        <Dialog.Content aria-describedby={undefined} className={classNames(dialogClass, 'sm:max-w-xl')}>
          <Dialog.Title className="sr-only">{text.title}</Dialog.Title>
          <Command {...command} label={text.title} filter={rank} loop className="flex min-h-0 flex-col">
            <Command.Input
              value={query}
              onValueChange={(next) => {
                begin()
                setQuery(next)
              }}
              placeholder={text.placeholder}
              className="h-12 shrink-0 border-b bg-transparent px-4 text-base outline-none max-sm:text-lg"
            />
            <Command.List ref={list} className="max-h-[60dvh] overflow-y-auto p-1.5 max-sm:h-[60dvh]">
              <PaletteContent query={query} onClose={onClose} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** How well a line answers what is typed: every word of it has to stand there, best at the beginning of a word. Ids are not looked at. */
function rank(value: string, search: string, keywords: readonly string[] = []): number {
  const text = ` ${value.replace(/[0-9a-f-]{36}$/, '')} ${keywords.join(' ')}`.toLowerCase()
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.every((word) => text.includes(word))) return 0
  return words.every((word) => text.includes(` ${word}`)) ? 1 : 0.5
}

interface PaletteContentProps {
  readonly query: string
  readonly onClose: () => void
}

function PaletteContent({ query, onClose }: PaletteContentProps): ReactNode {
  const navigate = useNavigate()
  const choices = useCreateChoices()
  const choose = (act: () => void) => () => {
    onClose()
    act()
  }
  return (
    <>
      <Found query={query} choose={choose} />
      <Command.Group heading={text.create} className={groupClass}>
        {choices.map(({ label, icon, create }) => (
          <Line
            key={label}
            value={`${text.create} ${label}`}
            keywords={text.createWords}
            label={label}
            icon={icon}
            onSelect={choose(create)}
          />
        ))}
      </Command.Group>
      <Command.Group heading={text.goTo} className={groupClass}>
        {frameItems.map(({ to, label, icon, shortcut }) => (
          <Line
            key={to}
            value={`${text.goTo} ${label}`}
            label={label}
            icon={icon}
            shortcut={shortcut}
            onSelect={choose(() => void navigate({ to }))}
          />
        ))}
      </Command.Group>
      <PaletteSettings choose={choose} groupClass={groupClass} />
      <Command.Group heading={text.commands} className={groupClass}>
        {themes.map((theme) => (
          <Line
            key={theme}
            label={text.themeOf(appText.themes[theme])}
            icon={SunMoon}
            onSelect={choose(() => setTheme(theme))}
          />
        ))}
        <Line
          label={text.shortcuts}
          icon={Keyboard}
          shortcut="shortcuts"
          onSelect={choose(() => askFor({ type: 'shortcuts' }))}
        />
      </Command.Group>
    </>
  )
}

interface FoundProps {
  readonly query: string
  readonly choose: (act: () => void) => () => void
}

function Found({ query, choose }: FoundProps): ReactNode {
  const navigate = useNavigate()
  const pipelines = useQuery(
    api.pipelines.list.queryOptions(
      { limit: 20, ...(query.trim() ? { q: query.trim() } : {}) },
      { placeholderData: (old) => old },
    ),
  )
  const connections = useQuery(api.connections.list.queryOptions({}, { enabled: query.length > 0 }))
  return (
    <>
      <FoundGroup heading={text.pipelines} pending={pipelines.isPending} found={pipelines.data?.items.length}>
        {pipelines.data?.items.map(({ id, name }) => (
          <Line
            key={id}
            value={`${name} ${id}`}
            label={name}
            icon={Workflow}
            onSelect={choose(() => void navigate({ to: '/pipelines/$id/edit', params: { id } }))}
          />
        ))}
      </FoundGroup>
      {query && (
        <FoundGroup
          heading={text.connections}
          pending={connections.isPending}
          found={connections.data?.length}
        >
          {connections.data?.map(({ id, name }) => (
            <Line
              key={id}
              value={`${name} ${id}`}
              label={name}
              icon={Plug}
              onSelect={choose(() => void navigate({ to: '/connections', search: { open: id } }))}
            />
          ))}
        </FoundGroup>
      )}
      {!pipelines.isPending && !connections.isLoading && (
        <Command.Empty className="text-muted px-3 py-8 text-center">{text.nothing}</Command.Empty>
      )}
    </>
  )
}

interface FoundGroupProps {
  readonly heading: string
  /** The first answer is on its way. */
  readonly pending: boolean
  readonly found: number | undefined
  readonly children: ReactNode
}

/** A heading never stands alone: something moves below it until the answer is there, and without any lines it is not drawn. */
function FoundGroup({ heading, pending, found = 0, children }: FoundGroupProps): ReactNode {
  if (!pending && found === 0) return null
  return (
    <Command.Group heading={heading} forceMount={pending} className={groupClass}>
      {pending && (
        <div className="flex h-9 items-center px-2.5">
          <Skeleton className="h-4 w-48" />
        </div>
      )}
      {children}
    </Command.Group>
  )
}

interface LineProps {
  readonly label: string
  /** What is searched; the label unless given. */
  readonly value?: string
  /** Other words that it is found by. */
  readonly keywords?: readonly string[]
  readonly icon: LucideIcon
  readonly shortcut?: ShortcutName | undefined
  readonly onSelect: () => void
}

function Line({ label, value, keywords = [], icon: Icon, shortcut, onSelect }: LineProps): ReactNode {
  return (
    <Command.Item value={value ?? label} keywords={[...keywords]} onSelect={onSelect} className={lineClass}>
      <Icon aria-hidden size={15} className="text-muted shrink-0" />
      <Name lines={1} className="min-w-0 flex-1">
        {label}
      </Name>
      {shortcut && <LineKeys shortcut={shortcut} />}
    </Command.Item>
  )
}

function LineKeys({ shortcut }: { readonly shortcut: ShortcutName }): ReactNode {
  const keys = useKeysOf(shortcut)
  return (
    keys && (
      <span className="pointer-coarse:hidden">
        <Keys keys={keys} />
      </span>
    )
  )
}

const lineClass =
  'data-[selected=true]:bg-subtle flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5'
const groupClass =
  '[&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium'
