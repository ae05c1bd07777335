-- Penstock’s database as version 0.1.0 landed it on 21 November 2026: migrations 0000 to 0006, and a few rows in each table.
-- Never edited: README.md says how the next one is made.

-- 0000_first
CREATE TABLE "alert_channels" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"target" text NOT NULL,
	"secrets" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"kinds" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_channels_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
CREATE TABLE "alert_deliveries" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"alert_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"notice" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone DEFAULT now(),
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "alert_deliveries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
CREATE TABLE "alerts" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_name" text NOT NULL,
	"message" text NOT NULL,
	"run_id" uuid,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "alerts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_id" text,
	"actor" text NOT NULL,
	"via" text NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"subject_type" text,
	"subject_id" text,
	"subject_name" text,
	"before" jsonb,
	"after" jsonb,
	"ip" text,
	"request_id" text
);
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp,
	"refresh_token_expires_at" timestamp,
	"scope" text,
	"password" text,
	"created_at" timestamp DEFAULT now() NOT NULL,
	"updated_at" timestamp NOT NULL
);
CREATE TABLE "apikey" (
	"id" text PRIMARY KEY NOT NULL,
	"config_id" text DEFAULT 'default' NOT NULL,
	"name" text,
	"start" text,
	"reference_id" text NOT NULL,
	"prefix" text,
	"key" text NOT NULL,
	"refill_interval" integer,
	"refill_amount" integer,
	"last_refill_at" timestamp,
	"enabled" boolean DEFAULT true,
	"rate_limit_enabled" boolean DEFAULT true,
	"rate_limit_time_window" integer DEFAULT 86400000,
	"rate_limit_max" integer DEFAULT 10,
	"request_count" integer DEFAULT 0,
	"remaining" integer,
	"last_request" timestamp,
	"expires_at" timestamp,
	"created_at" timestamp NOT NULL,
	"updated_at" timestamp NOT NULL,
	"permissions" text,
	"metadata" text
);
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"expires_at" timestamp NOT NULL,
	"created_at" timestamp DEFAULT now() NOT NULL,
	"inviter_id" text NOT NULL
);
CREATE TABLE "member" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"created_at" timestamp NOT NULL
);
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"created_at" timestamp NOT NULL,
	"metadata" text,
	CONSTRAINT "organization_slug_unique" UNIQUE("slug")
);
CREATE TABLE "rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp DEFAULT now() NOT NULL,
	"updated_at" timestamp NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"active_organization_id" text,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp DEFAULT now() NOT NULL,
	"updated_at" timestamp DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp NOT NULL,
	"created_at" timestamp DEFAULT now() NOT NULL,
	"updated_at" timestamp DEFAULT now() NOT NULL
);
CREATE TABLE "connections" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"project_id" uuid,
	"kind" text NOT NULL,
	"connector" text NOT NULL,
	"name" text NOT NULL,
	"region" text,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"secrets" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"method" text NOT NULL,
	"oauth_profile_id" uuid,
	"granted_scopes" jsonb,
	"account_id" text,
	"account_name" text,
	"account" jsonb,
	"state" text DEFAULT 'unchecked' NOT NULL,
	"state_reason" text,
	"checked_at" timestamp with time zone,
	"check_result" jsonb,
	"credential_version" text DEFAULT gen_random_uuid()::text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "connections_workspaceId_name_unique" UNIQUE("workspace_id","name")
);
CREATE TABLE "oauth_attempts" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"state_hash" text NOT NULL,
	"session_id" text NOT NULL,
	"user_id" text NOT NULL,
	"connector" text NOT NULL,
	"region" text NOT NULL,
	"oauth_profile_id" uuid,
	"connection_id" uuid,
	"draft" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"outcome" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "oauth_attempts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "oauth_attempts_stateHash_unique" UNIQUE("state_hash")
);
CREATE TABLE "oauth_profiles" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"connector" text NOT NULL,
	"name" text NOT NULL,
	"client_id" text NOT NULL,
	"client_secret_sealed" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "oauth_profiles_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "oauth_profiles_workspaceId_connector_name_unique" UNIQUE("workspace_id","connector","name")
);
CREATE TABLE "wipes" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"connection_name" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"progress" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error" text,
	"requested_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "wipes_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
CREATE TABLE "draft_revisions" (
	"workspace_id" text NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"document" jsonb NOT NULL,
	"saved_by" text,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draft_revisions_workspace_id_pipeline_id_revision_pk" PRIMARY KEY("workspace_id","pipeline_id","revision")
);
CREATE TABLE "pipeline_versions" (
	"workspace_id" text NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"document" jsonb NOT NULL,
	"layout" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"note" text,
	"published_by" text,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pipeline_versions_workspace_id_pipeline_id_version_pk" PRIMARY KEY("workspace_id","pipeline_id","version")
);
CREATE TABLE "pipelines" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"project_id" uuid,
	"name" text NOT NULL,
	"draft" jsonb NOT NULL,
	"layout" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"draft_by" text,
	"draft_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_version" integer,
	"paused_at" timestamp with time zone,
	"paused_reason" text,
	"next_run_at" timestamp with time zone,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "pipelines_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
CREATE TABLE "schema_changes" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"object" text NOT NULL,
	"field" text NOT NULL,
	"kind" text NOT NULL,
	"example_type" text NOT NULL,
	"applied" text NOT NULL,
	"looks_sensitive" text,
	"first_seen" timestamp with time zone NOT NULL,
	"first_run_id" uuid,
	"last_run_id" uuid,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "schema_changes_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "schema_changes_once" UNIQUE("workspace_id","pipeline_id","object","field","kind")
);
CREATE TABLE "api_budgets" (
	"budget" text NOT NULL,
	"holder" text NOT NULL,
	"in_flight" integer DEFAULT 0 NOT NULL,
	"remaining" integer,
	"resets_at" timestamp with time zone,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_budgets_budget_holder_pk" PRIMARY KEY("budget","holder")
);
CREATE TABLE "run_events" (
	"workspace_id" text NOT NULL,
	"run_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"level" text NOT NULL,
	"object" text,
	"kind" text NOT NULL,
	"message" text NOT NULL,
	"data" jsonb,
	CONSTRAINT "run_events_workspace_id_run_id_seq_pk" PRIMARY KEY("workspace_id","run_id","seq")
);
CREATE TABLE "run_objects" (
	"workspace_id" text NOT NULL,
	"run_id" uuid NOT NULL,
	"object" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"mode" text,
	"extracted" bigint DEFAULT 0 NOT NULL,
	"loaded" bigint DEFAULT 0 NOT NULL,
	"unchanged" bigint DEFAULT 0 NOT NULL,
	"filtered" bigint DEFAULT 0 NOT NULL,
	"rejected" bigint DEFAULT 0 NOT NULL,
	"deleted" bigint DEFAULT 0 NOT NULL,
	"requests" bigint DEFAULT 0 NOT NULL,
	"retries" bigint DEFAULT 0 NOT NULL,
	"waits" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"checkpoint_before" jsonb,
	"checkpoint_after" jsonb,
	"error" jsonb,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"completeness" jsonb,
	CONSTRAINT "run_objects_workspace_id_run_id_object_pk" PRIMARY KEY("workspace_id","run_id","object")
);
CREATE TABLE "runs" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"trigger" text NOT NULL,
	"triggered_by" text,
	"only" jsonb,
	"full_refresh" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"worker" text,
	"scheduled_for" timestamp with time zone,
	"queued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"cancel_requested_at" timestamp with time zone,
	"requests" bigint DEFAULT 0 NOT NULL,
	"retries" bigint DEFAULT 0 NOT NULL,
	"rate_limit_wait_ms" bigint DEFAULT 0 NOT NULL,
	"error" jsonb,
	"account" jsonb,
	"last_seq" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "runs_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
CREATE TABLE "skipped_ticks" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"pipeline_id" uuid NOT NULL,
	"scheduled_for" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"run_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "skipped_ticks_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
CREATE TABLE "installation" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"setup_token_hash" text,
	"setup_used_at" timestamp with time zone
);
CREATE TABLE "projects" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projects_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "projects_workspaceId_name_unique" UNIQUE("workspace_id","name")
);
CREATE TABLE "workspace_settings" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"allowed_regions" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"installation_profile_allowed" boolean DEFAULT true NOT NULL,
	"hash_key_sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_workspace_id_channel_id_alert_channels_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."alert_channels"("workspace_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_user_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_project_id_projects_workspace_id_id_fk" FOREIGN KEY ("workspace_id","project_id") REFERENCES "public"."projects"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_oauth_profile_id_oauth_profiles_workspace_id_id_fk" FOREIGN KEY ("workspace_id","oauth_profile_id") REFERENCES "public"."oauth_profiles"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "oauth_attempts" ADD CONSTRAINT "oauth_attempts_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "oauth_profiles" ADD CONSTRAINT "oauth_profiles_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "wipes" ADD CONSTRAINT "wipes_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "draft_revisions" ADD CONSTRAINT "draft_revisions_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "draft_revisions" ADD CONSTRAINT "draft_revisions_workspace_id_pipeline_id_pipelines_workspace_id_id_fk" FOREIGN KEY ("workspace_id","pipeline_id") REFERENCES "public"."pipelines"("workspace_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "pipeline_versions" ADD CONSTRAINT "pipeline_versions_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "pipeline_versions" ADD CONSTRAINT "pipeline_versions_workspace_id_pipeline_id_pipelines_workspace_id_id_fk" FOREIGN KEY ("workspace_id","pipeline_id") REFERENCES "public"."pipelines"("workspace_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "pipelines" ADD CONSTRAINT "pipelines_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "pipelines" ADD CONSTRAINT "pipelines_workspace_id_project_id_projects_workspace_id_id_fk" FOREIGN KEY ("workspace_id","project_id") REFERENCES "public"."projects"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "schema_changes" ADD CONSTRAINT "schema_changes_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "schema_changes" ADD CONSTRAINT "schema_changes_workspace_id_pipeline_id_pipelines_workspace_id_id_fk" FOREIGN KEY ("workspace_id","pipeline_id") REFERENCES "public"."pipelines"("workspace_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "run_objects" ADD CONSTRAINT "run_objects_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "run_objects" ADD CONSTRAINT "run_objects_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_pipeline_id_pipelines_workspace_id_id_fk" FOREIGN KEY ("workspace_id","pipeline_id") REFERENCES "public"."pipelines"("workspace_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "skipped_ticks" ADD CONSTRAINT "skipped_ticks_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "skipped_ticks" ADD CONSTRAINT "skipped_ticks_workspace_id_pipeline_id_pipelines_workspace_id_id_fk" FOREIGN KEY ("workspace_id","pipeline_id") REFERENCES "public"."pipelines"("workspace_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "projects" ADD CONSTRAINT "projects_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "workspace_settings" ADD CONSTRAINT "workspace_settings_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
CREATE INDEX "alert_deliveries_due" ON "alert_deliveries" USING btree ("next_try_at");
CREATE INDEX "alerts_open" ON "alerts" USING btree ("workspace_id","kind","subject_id","closed_at");
CREATE INDEX "audit_log_by_time" ON "audit_log" USING btree ("workspace_id","at");
CREATE INDEX "account_userId_idx" ON "account" USING btree ("user_id");
CREATE INDEX "apikey_configId_idx" ON "apikey" USING btree ("config_id");
CREATE INDEX "apikey_referenceId_idx" ON "apikey" USING btree ("reference_id");
CREATE INDEX "apikey_key_idx" ON "apikey" USING btree ("key");
CREATE INDEX "invitation_organizationId_idx" ON "invitation" USING btree ("organization_id");
CREATE INDEX "invitation_email_idx" ON "invitation" USING btree ("email");
CREATE INDEX "member_organizationId_idx" ON "member" USING btree ("organization_id");
CREATE INDEX "member_userId_idx" ON "member" USING btree ("user_id");
CREATE INDEX "session_userId_idx" ON "session" USING btree ("user_id");
CREATE INDEX "verification_identifier_idx" ON "verification" USING btree ("identifier");
CREATE UNIQUE INDEX "connections_id" ON "connections" USING btree ("id");
CREATE INDEX "oauth_attempts_expires" ON "oauth_attempts" USING btree ("expires_at");
CREATE UNIQUE INDEX "pipelines_id" ON "pipelines" USING btree ("id");
CREATE INDEX "pipelines_next_run" ON "pipelines" USING btree ("next_run_at");
CREATE UNIQUE INDEX "runs_id" ON "runs" USING btree ("id");
CREATE UNIQUE INDEX "runs_one_at_a_time" ON "runs" USING btree ("pipeline_id") WHERE state in ('queued', 'running');
CREATE INDEX "runs_by_pipeline" ON "runs" USING btree ("workspace_id","pipeline_id","queued_at");
CREATE INDEX "runs_by_time" ON "runs" USING btree ("workspace_id","queued_at");

-- 0001_isolation
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
do $$
begin
  execute format('grant penstock_app to %I', current_user);
  execute format('grant usage on schema %I to penstock_app', current_schema());
end $$;
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
alter table organization enable row level security;
create policy own_workspace on organization to penstock_app using (id = current_setting('penstock.workspace', true));
grant select on organization to penstock_app;
alter table member enable row level security;
create policy own_workspace on member to penstock_app
  using (organization_id = current_setting('penstock.workspace', true))
  with check (organization_id = current_setting('penstock.workspace', true));
grant select, update, delete on member to penstock_app;
alter table invitation enable row level security;
create policy own_workspace on invitation to penstock_app
  using (organization_id = current_setting('penstock.workspace', true))
  with check (organization_id = current_setting('penstock.workspace', true));
grant select, update on invitation to penstock_app;
grant select (id, name, email, created_at) on "user" to penstock_app;
grant select, insert, update, delete on api_budgets to penstock_app;
alter table member add constraint member_once unique (organization_id, user_id);
-- The audit log is append-only for everyone but the owner, and for the owner by accident, too.
revoke update, delete on audit_log from penstock_app;
grant usage on sequence audit_log_id_seq to penstock_app;
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is append-only.';
end $$;
create trigger append_only before update or delete or truncate on audit_log for each statement execute function refuse_change();

-- 0002_alerts
CREATE UNIQUE INDEX "alerts_once" ON "alerts" USING btree ("workspace_id","kind","subject_type","subject_id") WHERE closed_at is null;

-- 0003_own_connectors
CREATE TABLE "connector_versions" (
	"workspace_id" text NOT NULL,
	"connector" text NOT NULL,
	"version" integer NOT NULL,
	"files" jsonb NOT NULL,
	"digest" text NOT NULL,
	"note" text,
	"published_by" text,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connector_versions_workspace_id_connector_version_pk" PRIMARY KEY("workspace_id","connector","version")
);
CREATE TABLE "connectors" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"draft" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"draft_by" text,
	"draft_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_version" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connectors_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
ALTER TABLE "runs" ADD COLUMN "connector_version" integer;
ALTER TABLE "connector_versions" ADD CONSTRAINT "connector_versions_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "connector_versions" ADD CONSTRAINT "connector_versions_workspace_id_connector_connectors_workspace_id_name_fk" FOREIGN KEY ("workspace_id","connector") REFERENCES "public"."connectors"("workspace_id","name") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "connectors" ADD CONSTRAINT "connectors_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
do $$
declare
  name text;
begin
  foreach name in array array['connectors', 'connector_versions']
  loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy own_workspace on %I to penstock_app
         using (workspace_id = current_setting(''penstock.workspace'', true))
         with check (workspace_id = current_setting(''penstock.workspace'', true))', name);
  end loop;
end $$;
grant select, insert, update, delete on connectors to penstock_app;
-- A published version goes with its connector and in no other way, and nobody changes it: runs and people count on what it was.
grant select, insert on connector_versions to penstock_app;
create function refuse_version_change() returns trigger language plpgsql as $$
begin
  raise exception 'A published connector never changes.';
end $$;
create trigger immutable before update on connector_versions for each row execute function refuse_version_change();

-- 0004_keys_and_retention
CREATE TABLE "hash_keys" (
	"workspace_id" text NOT NULL,
	"version" integer NOT NULL,
	"sealed" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hash_keys_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
ALTER TABLE "workspace_settings" ADD COLUMN "log_days" integer DEFAULT 30 NOT NULL;
ALTER TABLE "workspace_settings" ADD COLUMN "run_days" integer;
ALTER TABLE "hash_keys" ADD CONSTRAINT "hash_keys_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;
alter table hash_keys enable row level security;
create policy own_workspace on hash_keys to penstock_app
  using (workspace_id = current_setting('penstock.workspace', true))
  with check (workspace_id = current_setting('penstock.workspace', true));
-- A key that has made tokens is neither changed nor taken away.
grant select, insert on hash_keys to penstock_app;

-- 0005_connector_pins
ALTER TABLE "pipelines" ADD COLUMN "connector_version" integer;
-- Until now every pipeline read with the version in use.
update pipelines p set connector_version = c.published_version
from pipeline_versions v, connectors c
where v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
  and c.workspace_id = p.workspace_id and c.name = v.document #>> '{source,connector}';

-- 0006_schema_change_continues
ALTER TABLE "schema_changes" ADD COLUMN "continues" text;

-- what the migrator remembers
create table migrations (id serial primary key, hash text not null, created_at bigint);
insert into migrations (hash, created_at) values
  ('d0dac769159d492698a3087824df9cee4e09f55f0223e645fa765612016c9802', 1795231122692),
  ('6ffe292087b69d64fd036775a874fc8f315020f93bbbe38f83e772a425c9bb7c', 1795231123626),
  ('59ed172b230e9495080e3462f331d9f0a16032b5b49d465890aeecaffffbbc15', 1795233674824),
  ('77398a5f9a438a9e9a8493570e3d21ca7faa5926009faba85a8699433f056af6', 1795243911495),
  ('cbc368207485bdd74a881e4ef74857714eb6fc71dbfb6b54e9b14c879914c8bd', 1795245133030),
  ('f08ca9635ef27616e521776a286792be335d0021ead45313be01fac65982f500', 1795254878907),
  ('8989c6f99dea3ed1274aa46c6ec63daa410d70415b9b8c2c52f8de82541b83e9', 1795255368088);

-- rows
insert into installation (id, setup_token_hash, setup_used_at) values (1, 'digest', '2026-11-21 06:00:00+00');
insert into organization (id, name, slug, created_at) values ('w1', 'Acme', 'acme', '2026-11-21 06:00:00'), ('w2', 'Ümläut & Söhne', 'umlaut', '2026-11-21 06:00:01');
insert into "user" (id, name, email, email_verified) values ('u1', 'Ana', 'ana@example.com', true), ('u2', 'Bob', 'bob@example.com', false);
insert into account (id, account_id, provider_id, user_id, password, updated_at) values ('a1', 'u1', 'credential', 'u1', 'salt:digest', '2026-11-21 06:00:00');
insert into member (id, organization_id, user_id, role, created_at) values ('m1', 'w1', 'u1', 'admin', '2026-11-21 06:00:00'), ('m2', 'w1', 'u2', 'viewer', '2026-11-21 06:00:00');
insert into invitation (id, organization_id, email, role, expires_at, inviter_id) values ('i1', 'w1', 'eve@example.com', 'editor', '2026-11-28 06:00:00', 'u1');
insert into session (id, expires_at, token, updated_at, user_id, active_organization_id) values ('s1', '2036-11-21 06:00:00', 'token', '2026-11-21 06:00:00', 'u1', 'w1');
insert into apikey (id, name, start, reference_id, key, created_at, updated_at, metadata) values ('k1', 'CI', 'pk_abc', 'u1', 'digest', '2026-11-21 06:00:00', '2026-11-21 06:00:00', '{"workspaceId":"w1","role":"editor"}');
insert into verification (id, identifier, value, expires_at) values ('v1', 'x', 'y', '2036-11-21 06:00:00');
insert into rate_limit (id, key, count, last_request) values ('r1', '127.0.0.1', 1, 1795233674824);
insert into workspace_settings (workspace_id, allowed_regions, hash_key_sealed, log_days, run_days) values ('w1', '{"intercom":["eu"]}', 'sealed 1', 90, 365), ('w2', '{}', 'sealed 2', 30, null);
insert into hash_keys (workspace_id, version, sealed, created_by, created_at) values ('w1', 2, 'sealed 3', 'u1', '2026-11-21 06:05:00+00');
insert into connectors (workspace_id, name, draft, revision, draft_by, draft_at, published_version, created_at) values ('w1', 'help_desk', '{"manifest.yaml":"name: help_desk"}', 4, 'Ana', '2026-11-21 06:01:00+00', 2, '2026-11-21 06:00:30+00');
insert into connector_versions (workspace_id, connector, version, files, digest, note, published_by, published_at) values
  ('w1', 'help_desk', 1, '{"manifest.yaml":"name: help"}', 'digest 1', null, null, '2026-11-21 06:02:00+00'),
  ('w1', 'help_desk', 2, '{"manifest.yaml":"name: help_desk"}', 'digest 2', 'second', 'Ana', '2026-11-21 06:03:00+00');
insert into projects (id, workspace_id, name) values ('00000000-0000-4000-8000-000000000001', 'w1', 'Support');
insert into oauth_profiles (id, workspace_id, connector, name, client_id, client_secret_sealed) values ('00000000-0000-4000-8000-000000000002', 'w1', 'intercom', 'Ours', 'client', 'sealed');
insert into connections (id, workspace_id, project_id, kind, connector, name, region, settings, secrets, method, oauth_profile_id, granted_scopes, account_id, account_name, account, state, credential_version) values
  ('00000000-0000-4000-8000-000000000003', 'w1', '00000000-0000-4000-8000-000000000001', 'source', 'intercom', 'Intercom', 'eu', '{}', '{"accessToken":"sealed"}', 'oauth', '00000000-0000-4000-8000-000000000002', '["read_users"]', 'acc', 'Acme', '{"id":"acc"}', 'healthy', 'one'),
  ('00000000-0000-4000-8000-000000000004', 'w1', null, 'destination', 'duckdb', 'Warehouse', null, '{"path":"acme.duckdb"}', '{}', 'settings', null, null, null, null, null, 'unchecked', 'two');
insert into oauth_attempts (id, workspace_id, state_hash, session_id, user_id, connector, region, draft, expires_at) values ('00000000-0000-4000-8000-000000000005', 'w1', 'digest', 's1', 'u1', 'intercom', 'eu', '{"name":"x"}', '2036-11-21 06:00:00+00');
insert into pipelines (id, workspace_id, project_id, name, draft, revision, published_version, next_run_at) values
  ('00000000-0000-4000-8000-000000000006', 'w1', '00000000-0000-4000-8000-000000000001', 'Intercom to DuckDB',
   '{"name":"Intercom to DuckDB","source":{"connector":"intercom","connection":"00000000-0000-4000-8000-000000000003"},"objects":{"contacts":{}},"destination":{"type":"duckdb","connection":"00000000-0000-4000-8000-000000000004","schema":"intercom"},"schedule":{"every":"1h"}}', 3, 1, '2036-11-21 07:00:00+00');
insert into pipeline_versions (workspace_id, pipeline_id, version, document, note, published_by) select workspace_id, id, 1, draft, 'first', 'Ana' from pipelines;
insert into draft_revisions (workspace_id, pipeline_id, revision, document, saved_by) select workspace_id, id, 3, draft, 'Ana' from pipelines;
insert into runs (id, workspace_id, pipeline_id, version, trigger, state, attempt, started_at, finished_at, requests, error) values
  ('00000000-0000-4000-8000-000000000007', 'w1', '00000000-0000-4000-8000-000000000006', 1, 'manual', 'partial', 2, '2026-11-21 06:10:00+00', '2026-11-21 06:11:00+00', 9007199254740993, null),
  ('00000000-0000-4000-8000-000000000008', 'w1', '00000000-0000-4000-8000-000000000006', 1, 'schedule', 'queued', 0, null, null, 0, null);
insert into run_objects (workspace_id, run_id, object, state, mode, extracted, loaded, rejected, waits, checkpoint_before, checkpoint_after, warnings, completeness) values
  ('w1', '00000000-0000-4000-8000-000000000007', 'contacts', 'warning', 'incremental', 12, 11, 1, '{"rate_limit":1200}', '{"at":1}', '{"at":2}', '["one"]', '{"rows":11,"reported":12,"agrees":false,"why":"one"}');
insert into run_events (workspace_id, run_id, seq, level, object, kind, message, data) values ('w1', '00000000-0000-4000-8000-000000000007', 1, 'info', 'contacts', 'started', 'The run began.', '{"worker":"a"}');
insert into skipped_ticks (id, workspace_id, pipeline_id, scheduled_for, reason, run_id) values ('00000000-0000-4000-8000-000000000009', 'w1', '00000000-0000-4000-8000-000000000006', '2026-11-21 06:15:00+00', 'still_running', null);
insert into schema_changes (id, workspace_id, pipeline_id, object, field, kind, example_type, applied, first_seen, decision) values
  ('00000000-0000-4000-8000-00000000000a', 'w1', '00000000-0000-4000-8000-000000000006', 'contacts', 'custom_attributes.plan', 'added', 'text', 'none', '2026-11-21 06:10:30+00', null),
  ('00000000-0000-4000-8000-00000000000b', 'w1', '00000000-0000-4000-8000-000000000006', 'contacts', 'custom_attributes.seats', 'added', 'integer', 'added', '2026-11-21 06:10:30+00', 'add');
insert into alert_channels (id, workspace_id, kind, name, target, secrets, kinds) values ('00000000-0000-4000-8000-00000000000c', 'w1', 'webhook', 'ops', 'hooks.example.com', '{"url":"sealed"}', '["run_failed"]');
insert into alerts (id, workspace_id, kind, subject_type, subject_id, subject_name, message) values ('00000000-0000-4000-8000-00000000000d', 'w1', 'run_partial', 'pipeline', '00000000-0000-4000-8000-000000000006', 'Intercom to DuckDB', '');
insert into alert_deliveries (id, workspace_id, alert_id, channel_id, notice) values ('00000000-0000-4000-8000-00000000000e', 'w1', '00000000-0000-4000-8000-00000000000d', '00000000-0000-4000-8000-00000000000c', 'opened');
insert into wipes (id, workspace_id, connection_id, connection_name, state, finished_at) values ('00000000-0000-4000-8000-00000000000f', 'w1', '00000000-0000-4000-8000-000000000003', 'Intercom', 'done', '2026-11-21 06:30:00+00');
insert into api_budgets (budget, holder, in_flight) values ('digest', 'worker', 2);
update pipelines set connector_version = 2;
update runs set connector_version = 1 where state = 'partial';
update schema_changes set continues = 'plan' where decision = 'add';
insert into audit_log (workspace_id, user_id, actor, via, action, outcome, subject_type, subject_id, subject_name, before, after, ip, request_id) values
  ('w1', 'u1', 'Ana', 'session', 'pipeline.publish', 'done', 'pipeline', '00000000-0000-4000-8000-000000000006', 'Intercom to DuckDB', '{"version":null}', '{"version":1}', '192.0.2.1', 'r1'),
  ('w1', 'u2', 'Bob', 'session', 'pipelines.publish', 'denied', null, null, null, null, null, null, null);
