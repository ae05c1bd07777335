/** A part of a guide: from one heading to the next. */
export interface GuideSection {
  readonly title: string
  readonly text: string
}

/** A guide in Markdown, cut at its headings of the second and third level; what stands in a block of code is no heading. */
export function sectionsOf(guide: string): readonly GuideSection[] {
  const cut: string[] = []
  let inCode = false
  for (const line of guide.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode
    if (cut.length === 0 || (!inCode && /^###? /.test(line))) cut.push(line)
    else cut.push(`${cut.pop()}\n${line}`)
  }
  return cut.map((text) => ({ title: /^#+ (.+)/.exec(text)?.[1] ?? '', text }))
}
