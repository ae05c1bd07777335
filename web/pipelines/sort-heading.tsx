import { getRouteApi } from '@tanstack/react-router'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { HeadCell } from '../ui/table.tsx'
import type { Order } from './pipelines-search.ts'

const route = getRouteApi('/frame/pipelines')

interface SortHeadingProps {
  readonly order: Order
  readonly label: string
  readonly className?: string
}

/** A heading that orders the list, and turns the order round when it is pressed again. The order stands in the address. */
export function SortHeading({ order, label, className }: SortHeadingProps): ReactNode {
  const { sort = 'name', falling } = route.useSearch()
  const navigate = route.useNavigate()
  const current = sort === order
  const Arrow = falling ? ArrowDown : ArrowUp
  const press = (): void => {
    const turned = current && !falling ? true : undefined
    void navigate({ search: (old) => ({ ...old, sort: order, falling: turned }), replace: true })
  }
  return (
    <HeadCell className={className} aria-sort={current ? (falling ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        onClick={press}
        className="hover:text-text -mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1"
      >
        {label}
        {current && <Arrow aria-hidden size={13} />}
      </button>
    </HeadCell>
  )
}
