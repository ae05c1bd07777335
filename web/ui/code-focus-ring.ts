/** The focus ring of an editor for code: over everything, since its line numbers would hide a part of an outline. */
export const codeFocusRing = {
  '&.cm-focused, &:focus-within': { outline: 'none' },
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
