/** A question that a support lead asks of the warehouse, and the query that answers it. */
export interface DemoQuestion {
  readonly question: string
  readonly sql: string
}

/** Asked of the schema `intercom` that examples/support-warehouse.yaml fills. Timestamps there are Unix seconds, nested objects JSON text. */
export const demoQuestions: readonly DemoQuestion[] = [
  {
    question: 'How fast does each team answer first? (conversations of the last 30 days)',
    sql: `select t.name as team,
       count(*) as conversations,
       round(median(json_extract(c.statistics, '$.time_to_admin_reply')::double) / 60, 1) as median_minutes,
       round(quantile_cont(json_extract(c.statistics, '$.time_to_admin_reply')::double, 0.9) / 60, 1) as p90_minutes
from intercom.conversations c
join intercom.teams t on t.id = c.team_assignee_id
where c.created_at >= epoch(now()) - 30 * 86400
  and json_extract_string(c.statistics, '$.time_to_admin_reply') is not null
  and c._deleted_at is null
group by team
order by median_minutes`,
  },
  {
    question: 'Who carries the open conversations, and how long has the oldest been waiting?',
    sql: `select coalesce(a.name, 'nobody yet') as assignee,
       count(*) as open,
       count(c.waiting_since) as waiting_for_us,
       round(max(epoch(now()) - c.waiting_since) / 86400, 1) as longest_wait_days
from intercom.conversations c
left join intercom.admins a on a.id = c.admin_assignee_id
where c.state = 'open' and c._deleted_at is null
group by assignee
order by open desc
limit 8`,
  },
  {
    question: 'What do people write about most, and what comes back?',
    sql: `select g.name as tag,
       count(*) as conversations,
       round(100 * avg((json_extract(c.statistics, '$.count_reopens')::int > 0)::int), 1) as reopened_percent
from intercom.conversation_tag ct
join intercom.conversations c on c.id = ct.conversation_id
join intercom.tags g on g.id = ct.tag_id
where c._deleted_at is null
group by tag
order by conversations desc
limit 8`,
  },
]
