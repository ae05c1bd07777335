ALTER TABLE "pipelines" ADD COLUMN "connector_version" integer;--> statement-breakpoint
-- Until now every pipeline read with the version in use.
update pipelines p set connector_version = c.published_version
from pipeline_versions v, connectors c
where v.workspace_id = p.workspace_id and v.pipeline_id = p.id and v.version = p.published_version
  and c.workspace_id = p.workspace_id and c.name = v.document #>> '{source,connector}';
