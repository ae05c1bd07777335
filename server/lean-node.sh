#!/bin/sh
# Node with as little memory as a run needs; what each setting is worth is measured in server/engine/README.md (V8) and
# server/destinations/README.md (malloc, DuckDB's jemalloc). Usage: sh server/lean-node.sh FILE [ARGUMENT...]
export MALLOC_ARENA_MAX=1
export DUCKDB_JE_MALLOC_CONF=dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1
exec node --max-semi-space-size=16 --min-semi-space-size=8 --heap-growing-percent=50 "$@"
