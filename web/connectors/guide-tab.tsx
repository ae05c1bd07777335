import type { ReactNode } from 'react'
import readme from '../../connectors/README.md?raw'
import { Markdown } from '../ui/markdown.tsx'

/** What a manifest can say, key by key: the part of the guide that is the same in a folder and in the browser. */
const guide = readme.slice(readme.indexOf('## A whole connector'))

/** The guide to writing a manifest, beside the manifest. */
export function GuideTab(): ReactNode {
  return <Markdown text={guide} />
}
