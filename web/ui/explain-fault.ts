import { uiText } from '../strings/ui.ts'

/** What a control of a form asks for and holds. */
export interface FormControl {
  readonly id: string
  readonly type: string
  readonly value: string
  readonly required: boolean
  readonly minLength?: number
  readonly pattern?: string
  /** `wrong`: the sentence of this field for whatever is wrong with it, where the common ones do not fit. */
  readonly dataset: { readonly wrong?: string | undefined }
}

const words = uiText.wrong

/** What is wrong with what a control holds, as a sentence; undefined: nothing. Blanks alone are nothing. */
export function explainFault(control: FormControl): string | undefined {
  const { required, dataset } = control
  const value = control.value.trim()
  if (value === '' && !required) return undefined
  const fault = value === '' ? whatIsMissing(control) : whatIsWrong(control, value)
  return fault && (dataset.wrong ?? fault)
}

function whatIsMissing({ type }: FormControl): string {
  return type.startsWith('select') ? words.notChosen : words.missing
}

function whatIsWrong(control: FormControl, value: string): string | undefined {
  const { type, minLength = -1, pattern = '' } = control
  if (type === 'email' && !/^\S+@\S+\.\S+$/.test(value)) return words.email
  if (type === 'url' && !(/^https?:\/\/\S+$/i.test(value) && URL.canParse(value))) return words.url
  if (control.value.length < minLength) return words.short(minLength)
  if (pattern !== '' && !new RegExp(`^(?:${pattern})$`, 'v').test(value)) return words.form
  return undefined
}
