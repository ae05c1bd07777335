/** Changes the sandbox's data as people there would: a `Change` of server/sandbox/changes/change.ts. */
export async function change(sandboxUrl: string, what: Readonly<Record<string, unknown>>): Promise<void> {
  await control(sandboxUrl, 'change', what)
}

/** Turns switches of the sandbox; see server/sandbox/behaviour-switches.ts. */
export async function behave(sandboxUrl: string, switches: Readonly<Record<string, unknown>>): Promise<void> {
  await control(sandboxUrl, 'behaviour', switches)
}

async function control(sandboxUrl: string, endpoint: string, body: unknown): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/_sandbox/${endpoint}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`)
}
