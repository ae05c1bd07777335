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
