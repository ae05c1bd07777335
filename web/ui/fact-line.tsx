import { Children, type ReactNode } from 'react'

/**
 * Facts in one line with dots between them. Where the line breaks, no dot begins the next one: each dot is at the left edge of its fact,
 * which is cut off there. What is false or null is no fact.
 */
export function FactLine({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="overflow-hidden leading-6">
      <ul className="-ml-4 flex flex-wrap">
        {Children.toArray(children).map((fact, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- facts have no names, and keep their order
          <li
            key={index}
            className="relative max-w-full min-w-0 pl-4 before:absolute before:left-1 before:w-2 before:text-center before:content-['·']"
          >
            {fact}
          </li>
        ))}
      </ul>
    </div>
  )
}
