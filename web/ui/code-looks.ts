import { defaultHighlightStyle, HighlightStyle } from '@codemirror/language'

/** The library's colours, and the token of ours that stands for each: so both themes can be read. */
const tokens: Readonly<Record<string, string>> = {
  '#00c': 'var(--accent)',
  '#219': 'var(--info)',
  '#164': 'var(--info)',
  '#a11': 'var(--ok)',
  '#708': 'var(--review)',
  '#940': 'var(--muted)',
  '#f00': 'var(--bad)',
}

/** What is highlighted in code, as the library chose it, in the colours of our tokens. */
export const codeColours = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) =>
    spec['color'] ? { ...spec, color: tokens[String(spec['color'])] ?? 'var(--text)' } : spec,
  ),
)

/** The focus ring of an editor for code: an outline, and once more over everything, since line numbers hide a part of the outline. */
export const codeFocusRing = {
  '&.cm-focused, &:focus-within': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '&.cm-focused::after, &:focus-within::after': {
    content: '""',
    position: 'absolute',
    inset: '0',
    border: '2px solid var(--accent)',
    borderRadius: 'inherit',
    pointerEvents: 'none',
    zIndex: '250',
  },
}
