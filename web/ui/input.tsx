import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** The looks of everything that takes text. Text is 16 px on a phone, so that the browser does not zoom in. */
export const inputClass =
  'bg-surface border-control w-full rounded-md border px-2.5 text-base max-sm:text-lg text-text disabled:cursor-not-allowed disabled:bg-subtle disabled:text-muted aria-invalid:border-bad focus-visible:outline-offset-0'

/** One line of text. */
export function Input({ className, ...input }: ComponentProps<'input'>): ReactNode {
  return <input dir="auto" {...input} className={classNames(inputClass, 'h-8', className)} />
}

/** Several lines of text. */
export function TextArea({ className, ...area }: ComponentProps<'textarea'>): ReactNode {
  return <textarea dir="auto" {...area} className={classNames(inputClass, 'py-1.5', className)} />
}
