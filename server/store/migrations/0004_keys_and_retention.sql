CREATE TABLE "hash_keys" (
	"workspace_id" text NOT NULL,
	"version" integer NOT NULL,
	"sealed" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hash_keys_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
--> statement-breakpoint
ALTER TABLE "workspace_settings" ADD COLUMN "log_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace_settings" ADD COLUMN "run_days" integer;--> statement-breakpoint
ALTER TABLE "hash_keys" ADD CONSTRAINT "hash_keys_workspace_id_organization_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
alter table hash_keys enable row level security;
--> statement-breakpoint
create policy own_workspace on hash_keys to penstock_app
  using (workspace_id = current_setting('penstock.workspace', true))
  with check (workspace_id = current_setting('penstock.workspace', true));
--> statement-breakpoint
-- A key that has made tokens is neither changed nor taken away.
grant select, insert on hash_keys to penstock_app;
