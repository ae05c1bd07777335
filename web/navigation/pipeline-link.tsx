import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Name } from '../ui/name.tsx'

interface PipelineLinkProps {
  readonly id: string
  readonly name: string
}

/** A pipeline by its name, which leads to it. */
export function PipelineLink({ id, name }: PipelineLinkProps): ReactNode {
  return (
    <Link
      to="/pipelines/$id/edit"
      params={{ id }}
      className="text-accent inline-block max-w-full leading-6 outline-offset-0 hover:underline"
    >
      <Name lines={2}>{name}</Name>
    </Link>
  )
}
