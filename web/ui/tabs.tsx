import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface Tab<Name extends string> {
  readonly name: Name
  readonly label: string
  /** A number beside the label, such as of problems. */
  readonly count?: number
  readonly content: ReactNode
  /** What was typed there stays while another tab is open. */
  readonly keep?: boolean
}

interface TabsProps<Name extends string> {
  readonly label: string
  readonly tabs: readonly Tab<Name>[]
  readonly value: Name
  readonly onChange: (name: Name) => void
  readonly className?: string
}

/** Tabs over panels; only the chosen panel is there, and out of sight those that are kept. ← and → move between the tabs. */
export function Tabs<Name extends string>({
  label,
  tabs,
  value,
  onChange,
  className,
}: TabsProps<Name>): ReactNode {
  const choose = (name: string): void => {
    const tab = tabs.find((one) => one.name === name)
    if (tab) onChange(tab.name)
  }
  return (
    <Radix.Root
      value={value}
      onValueChange={choose}
      className={classNames('flex min-h-0 flex-col', className)}
    >
      <Radix.List aria-label={label} className="flex flex-wrap border-b px-1">
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.name} value={tab.name} className={tabClass}>
            {tab.label}
            {tab.count !== undefined && (
              <span className="bg-subtle text-muted tabular rounded-full px-1.5 text-xs">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content
          key={tab.name}
          value={tab.name}
          {...(tab.keep ? { forceMount: true } : {})}
          className="min-h-0 flex-1 outline-offset-[-2px] data-[state=inactive]:hidden"
        >
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}

const tabClass =
  'text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:text-text inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 font-medium outline-offset-[-2px]'
