import { Check, Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { uiText } from '../strings/ui.ts'
import { IconButton } from './icon-button.tsx'
import { announce } from './live-region.tsx'
import { toastFailed } from './toaster.tsx'

interface CopyButtonProps {
  readonly text: string
  /** What is copied: "Copy the redirect address". */
  readonly label: string
  readonly onCopied?: () => void
}

/** Copies a text to the clipboard, and says so. */
export function CopyButton({ text, label, onCopied }: CopyButtonProps): ReactNode {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      announce(uiText.copied)
      onCopied?.()
    } catch {
      toastFailed(uiText.notCopied)
    }
  }
  return (
    <IconButton
      size="small"
      icon={copied ? Check : Copy}
      label={copied ? uiText.copied : label}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    />
  )
}
