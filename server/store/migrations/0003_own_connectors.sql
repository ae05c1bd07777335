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
--> statement-breakpoint
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
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "connector_version" integer;--> statement-breakpoint
ALTER TABLE "connector_versions" ADD CONSTRAINT "connector_versions_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connector_versions" ADD CONSTRAINT "connector_versions_workspace_id_connector_connectors_workspace_id_name_fk" FOREIGN KEY ("workspace_id","connector") REFERENCES "public"."connectors"("workspace_id","name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connectors" ADD CONSTRAINT "connectors_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
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
--> statement-breakpoint
grant select, insert, update, delete on connectors to penstock_app;
--> statement-breakpoint
-- A published version goes with its connector and in no other way, and nobody changes it: runs and people count on what it was.
grant select, insert on connector_versions to penstock_app;
--> statement-breakpoint
create function refuse_version_change() returns trigger language plpgsql as $$
begin
  raise exception 'A published connector never changes.';
end $$;
--> statement-breakpoint
create trigger immutable before update on connector_versions for each row execute function refuse_version_change();
