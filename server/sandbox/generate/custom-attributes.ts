import type { Draw } from './draw.ts'
import { pick } from './draw.ts'

const tiers = ['free', 'gold', 'platinum', 'プレミアム']

/**
 * Custom attributes as the text of a JSON object. Most are tame; their types differ from record to record, and one
 * record in fifty has names and values that break careless readers: dots, spaces, `__proto__`, `constructor`,
 * names that differ only in case, integers above 2^53, an HTML-escaped name, and text that looks like SQL or CSV.
 */
export function customAttributes(draw: Draw, index: number, unstorableText: boolean): string {
  const drawn = draw(index, 40)
  if (index % 50 === 13) return hostile(drawn, unstorableText)
  if (drawn % 4 === 0) return '{}'
  const seats = drawn % 7 === 0 ? `"${drawn % 500}"` : String(drawn % 500)
  return `{"plan_tier":"${pick(tiers, drawn >>> 3)}","seats":${seats},"is_beta":${drawn % 2 === 0},"lifetime_value":${(drawn % 1_000_000) / 100},"renewal_date":${1_760_000_000 + (drawn % 30_000_000)},"churn_note":null}`
}

function hostile(drawn: number, unstorableText: boolean): string {
  const unstorable = unstorableText ? ',"nul":"a\\u0000b","lone":"\\ud83d","reversed":"\\udc00\\ud800"' : ''
  return (
    `{"first.second.third":"dots ${drawn % 100}","with space":true,"__proto__":{"polluted":true},"constructor":"Object",` +
    `"toString":"text","":"empty name","Name":"upper","name":"lower","R&amp;D":"escaped","big":9007199254740993,` +
    `"negative":-9223372036854775808,"float":0.1,"exponent":1e21,"quote'\\"\\\\":"'; drop table x; --",` +
    `"list":["a",1,null,{"deep":[[]]}],"=SUM(A1)":"=1+1","emoji 🧨":"👩🏽‍🚒"${unstorable}}`
  )
}
