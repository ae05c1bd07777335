import { createTransport } from 'nodemailer'
import type { Environment } from '../env.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/**
 * Hands a mail to the operator's mail server, which delivers it. Rejects where that does not answer within ten seconds, or does not take
 * the mail. The host is the operator's word, never a person's: no check of addresses stands between.
 */
export async function sendMail({ url, from }: NonNullable<Environment['smtp']>, mail: Mail): Promise<void> {
  const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 }
  const transport = createTransport({ url, ...patience, disableFileAccess: true, disableUrlAccess: true })
  try {
    await transport.sendMail({ ...mail, from, subject: oneLine(mail.subject) })
  } finally {
    transport.close()
  }
}

/** A header has one line; names that people chose are part of it. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 200)
}
