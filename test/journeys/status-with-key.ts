/** What the API answers a program with this key that asks for the pipelines: 200, or a refusal. */
export async function statusWithKey(url: string, key: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json', 'x-api-key': key }
  const { status } = await fetch(`${url}/api/pipelines/list`, { method: 'POST', headers, body: '{}' })
  return status
}
