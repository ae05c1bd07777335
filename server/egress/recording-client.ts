import type { HttpRequest, HttpResponse } from './collect-response.ts'
import { HttpClient } from './http-client.ts'

/** A request, as it may be shown: without headers, body and the values of its query, in which secrets and personal data stand. */
export interface RecordedRequest {
  readonly method: string
  /** With the names of the query's parameters. */
  readonly path: string
  /** 0: there was no whole answer. */
  readonly status: number
  readonly ms: number
}

const most = 200

/** A way out that notes what went through it. */
export class RecordingClient extends HttpClient {
  readonly requests: RecordedRequest[] = []

  override async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const began = performance.now()
    let status = 0
    try {
      const response = await super.send(request, signal)
      status = response.status
      return response
    } finally {
      const { method, url } = request
      const ms = Math.round(performance.now() - began)
      if (this.requests.length < most) this.requests.push({ method, path: pathOf(url), status, ms })
    }
  }
}

/** `/contacts?per_page=…&starting_after=…` */
function pathOf({ pathname, searchParams }: URL): string {
  const names = [...new Set(searchParams.keys())].map((name) => `${encodeURIComponent(name)}=…`)
  return names.length === 0 ? pathname : `${pathname}?${names.join('&')}`
}
