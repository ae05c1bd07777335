import { Fragment, type ReactNode } from 'react'

/** An object's name, which breaks after an underscore where its line is too short, and nowhere within a word. */
export function ObjectName({ name }: { readonly name: string }): ReactNode {
  const parts = name.split(/(?<=_)/)
  return parts.map((part, index) => (
    <Fragment key={parts.slice(0, index + 1).join('')}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
