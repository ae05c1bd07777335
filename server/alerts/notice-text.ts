import type { DueDelivery } from '../store/alert-delivery-rows.ts'
import type { AlertRow } from '../store/alert-rows.ts'

/** A notice in words. */
export interface NoticeText {
  readonly subject: string
  readonly text: string
  /** Where in Penstock to look. */
  readonly link: string
}

/** What a notice says: names that people chose, sentences of ours, never a value of a record. */
export function noticeText({ delivery, alert, workspaceName }: DueDelivery, publicUrl: string): NoticeText {
  if (alert === null) {
    const text = `This is a test: alerts of the workspace ${quoted(workspaceName)} arrive here.`
    return { subject: `Penstock: test from ${workspaceName}`, text, link: `${publicUrl}/settings/alerts` }
  }
  const link = `${publicUrl}${pathOf(alert)}`
  if (delivery.notice === 'recovered') {
    const since = minutesBetween(alert.openedAt, alert.closedAt)
    const text = `${recovery(alert)} It took ${since}.`
    return { subject: `Recovered: ${alert.subjectName}`, text, link }
  }
  return { subject: `${heading(alert)}: ${alert.subjectName}`, text: describeAlert(alert), link }
}

/** What is wrong, in a sentence or two. */
export function describeAlert({ kind, subjectName, message }: AlertRow): string {
  const name = quoted(subjectName)
  switch (kind) {
    case 'run_failed':
      return `The last run of ${name} failed. ${message}`.trim()
    case 'run_partial':
      return `The last run of ${name} landed only a part of its objects. ${message}`.trim()
    case 'connection_needs_reauthorisation':
      return `The connection ${name} needs to be re-authorised; runs wait for it. ${message}`.trim()
    case 'schema_change_waiting':
      // How many is another number by the time that somebody reads it.
      return `Schema changes of ${name} wait for a decision.`
    case 'data_stale':
      return message === ''
        ? `${name} has not landed any data yet, though its schedule says it should have.`
        : `The data of ${name} is as of ${message}, which is older than its schedule says.`
  }
}

function heading({ kind }: AlertRow): string {
  switch (kind) {
    case 'run_failed':
      return 'Run failed'
    case 'run_partial':
      return 'Run partial'
    case 'connection_needs_reauthorisation':
      return 'Connection needs re-authorising'
    case 'schema_change_waiting':
      return 'Schema change waiting'
    case 'data_stale':
      return 'Data is too old'
  }
}

function recovery({ kind, subjectName }: AlertRow): string {
  const name = quoted(subjectName)
  switch (kind) {
    case 'run_failed':
      return `${name} does not fail any more.`
    case 'run_partial':
      return `The runs of ${name} are not partial any more.`
    case 'connection_needs_reauthorisation':
      return `The connection ${name} does not need to be re-authorised any more.`
    case 'schema_change_waiting':
      return `No schema change of ${name} waits any more.`
    case 'data_stale':
      return `The data of ${name} is fresh again, or is not expected to be.`
  }
}

/** A name may hold any words, and run from right to left. */
function quoted(name: string): string {
  return `“${name}”`
}

function pathOf({ kind, subjectType, subjectId, runId }: AlertRow): string {
  if (subjectType === 'connection') return '/connections'
  if (kind === 'schema_change_waiting') return '/changes'
  return runId === null ? `/pipelines/${subjectId}` : `/pipelines/${subjectId}/runs/${runId}`
}

function minutesBetween(from: Date, to: Date | null): string {
  const minutes = Math.max(1, Math.round(((to ?? from).getTime() - from.getTime()) / 60_000))
  return minutes === 1
    ? 'a minute'
    : minutes < 120
      ? `${minutes} minutes`
      : `${Math.round(minutes / 60)} hours`
}
