import { type ReactNode, useRef } from 'react'
import readme from '../../connectors/README.md?raw'
import { connectorsText } from '../strings/connectors.ts'
import { Button } from '../ui/button.tsx'
import { Markdown } from '../ui/markdown.tsx'
import { sectionsOf } from './sections-of.ts'

/** What a manifest can say, key by key: the part of the guide that is the same in a folder and in the browser. */
const sections = sectionsOf(readme.slice(readme.indexOf('## A whole connector')))

/** The guide to writing a manifest, beside the manifest, with what is in it at the top. */
export function GuideTab(): ReactNode {
  const parts = useRef<(HTMLElement | null)[]>([])
  const goTo = (index: number): void => {
    const part = parts.current[index]
    part?.scrollIntoView()
    part?.focus({ preventScroll: true })
  }
  return (
    <>
      <nav aria-label={connectorsText.guideContents} className="mb-4 flex flex-wrap gap-1 border-b pb-3">
        {sections.map(({ title }, index) => (
          <Button key={title} size="small" onClick={() => goTo(index)}>
            {title}
          </Button>
        ))}
      </nav>
      {sections.map(({ title, text }, index) => (
        <section
          key={title}
          ref={(part) => {
            parts.current[index] = part
          }}
          tabIndex={-1}
          aria-label={title}
          className="pt-4 outline-none first-of-type:pt-0"
        >
          <Markdown text={text} />
        </section>
      ))}
    </>
  )
}
