import { type ReactNode, useEffect, useState } from 'react'

let say: (message: string) => void = () => {}

/** Has a screen reader say a sentence, politely: "Run finished: 1,204 rows". */
export function announce(message: string): void {
  say(message)
}

/** Where announcements are written; once in the app. */
export function LiveRegion(): ReactNode {
  const [message, setMessage] = useState('')
  useEffect(() => {
    say = (next) => {
      setMessage('')
      requestAnimationFrame(() => setMessage(next))
    }
    return () => {
      say = () => {}
    }
  }, [])
  return (
    <div aria-live="polite" role="status" className="sr-only">
      {message}
    </div>
  )
}
