-- The second wall between workspaces: whatever a query forgets, PostgreSQL refuses. Each transaction of a person or of a run
-- takes the role penstock_app and names its workspace; the role sees no other row. The owner of the tables (migrations, the
-- sign-in library, the scheduler that looks for what is due) is not bound by it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'penstock_app') then
    create role penstock_app nologin;
  end if;
exception
  -- Roles belong to the server, not to the database: another first start was faster.
  when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$
begin
  execute format('grant penstock_app to %I', current_user);
  execute format('grant usage on schema %I to penstock_app', current_schema());
end $$;
--> statement-breakpoint
do $$
declare
  name text;
begin
  foreach name in array array[
    'workspace_settings', 'projects', 'oauth_profiles', 'connections', 'oauth_attempts', 'wipes', 'pipelines', 'pipeline_versions',
    'draft_revisions', 'schema_changes', 'runs', 'run_objects', 'run_events', 'skipped_ticks', 'alert_channels', 'alerts',
    'alert_deliveries', 'audit_log'
  ]
  loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy own_workspace on %I to penstock_app
         using (workspace_id = current_setting(''penstock.workspace'', true))
         with check (workspace_id = current_setting(''penstock.workspace'', true))', name);
    execute format('grant select, insert, update, delete on %I to penstock_app', name);
  end loop;
end $$;
--> statement-breakpoint
alter table organization enable row level security;
--> statement-breakpoint
create policy own_workspace on organization to penstock_app using (id = current_setting('penstock.workspace', true));
--> statement-breakpoint
grant select on organization to penstock_app;
--> statement-breakpoint
alter table member enable row level security;
--> statement-breakpoint
create policy own_workspace on member to penstock_app
  using (organization_id = current_setting('penstock.workspace', true))
  with check (organization_id = current_setting('penstock.workspace', true));
--> statement-breakpoint
grant select, update, delete on member to penstock_app;
--> statement-breakpoint
alter table invitation enable row level security;
--> statement-breakpoint
create policy own_workspace on invitation to penstock_app
  using (organization_id = current_setting('penstock.workspace', true))
  with check (organization_id = current_setting('penstock.workspace', true));
--> statement-breakpoint
grant select, update on invitation to penstock_app;
--> statement-breakpoint
grant select (id, name, email, created_at) on "user" to penstock_app;
--> statement-breakpoint
grant select, insert, update, delete on api_budgets to penstock_app;
--> statement-breakpoint
alter table member add constraint member_once unique (organization_id, user_id);
--> statement-breakpoint
-- The audit log is append-only for everyone but the owner, and for the owner by accident, too.
revoke update, delete on audit_log from penstock_app;
--> statement-breakpoint
grant usage on sequence audit_log_id_seq to penstock_app;
--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is append-only.';
end $$;
--> statement-breakpoint
create trigger append_only before update or delete or truncate on audit_log for each statement execute function refuse_change();
