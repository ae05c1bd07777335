import { isNode, LineCounter, parseDocument } from 'yaml'
import { readYaml } from '@penstock/connectors/read-yaml.ts'

/** The line, from 1, at which a JSON pointer's value stands in a YAML or JSON text; of what is missing, where it should be. */
export function lineFinder(text: string): (pointer: string) => number | undefined {
  // What is refused (aliases, depth) is not looked at a second time.
  if ('refused' in readYaml(text)) return () => undefined
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', uniqueKeys: false })
  return (pointer) => {
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    for (let length = steps.length; length > 0; length -= 1) {
      const found = document.getIn(steps.slice(0, length).map(asIndex), true)
      if (isNode(found) && found.range) return lines.linePos(found.range[0]).line
    }
    return pointer === '' ? undefined : 1
  }
}

function asIndex(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step
}
