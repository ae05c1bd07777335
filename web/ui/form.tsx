import { type ComponentProps, createContext, type FormEvent, type ReactNode, use, useState } from 'react'
import { flushSync } from 'react-dom'
import { explainFault, type FormControl } from './explain-fault.ts'

/** What is wrong, by the id of the control. */
type Faults = ReadonlyMap<string, string>
const none: Faults = new Map()
const FormFaults = createContext(none)

/** What its form found wrong with a control when it was to be sent; undefined as long as nothing is, and outside of a form. */
export function useFault(id: string): string | undefined {
  return use(FormFaults).get(id)
}

interface FormProps extends Omit<ComponentProps<'form'>, 'onSubmit' | 'onInput' | 'noValidate'> {
  /** Called only when every field holds what it asks for. */
  readonly onSubmit: () => void
}

/**
 * A form that says below its fields what is wrong with them, in our words, and goes to the first of them. What a field asks for stands in
 * its own attributes (`required`, `type`, `minLength`, `pattern`); `Field` shows what is said here. A fault goes as soon as it is mended.
 */
export function Form({ onSubmit, children, ...form }: FormProps): ReactNode {
  const [faults, setFaults] = useState(none)
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    event.stopPropagation()
    const wrong = wrongControls(event.currentTarget)
    flushSync(() => setFaults(new Map(wrong.map(({ control, fault }) => [control.id, fault]))))
    const [first] = wrong
    if (first) goTo(first.control)
    else onSubmit()
  }
  const lookAgain = (event: FormEvent<HTMLFormElement>): void => {
    if (faults.size === 0) return
    const wrong = wrongControls(event.currentTarget).filter(({ control }) => faults.has(control.id))
    setFaults(new Map(wrong.map(({ control, fault }) => [control.id, fault])))
  }
  return (
    <form {...form} noValidate onSubmit={send} onInput={lookAgain}>
      <FormFaults value={faults}>{children}</FormFaults>
    </form>
  )
}

interface WrongControl {
  readonly control: FormControl & HTMLElement
  readonly fault: string
}

function wrongControls(form: HTMLFormElement): readonly WrongControl[] {
  return [...form.elements].flatMap((control) => {
    const fault = isControl(control) && !control.disabled ? explainFault(control) : undefined
    return isControl(control) && fault !== undefined ? [{ control, fault }] : []
  })
}

function isControl(element: Element): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  )
}

/** A field may lie in a part that is folded up. */
function goTo(control: HTMLElement): void {
  const folded = control.closest('details')
  if (folded) folded.open = true
  control.focus()
}
