#!/usr/bin/env bash
# From nothing to rows in a table, by the API alone.
#
#   npm start                                  # in another terminal; it prints the link for the first admin
#   examples/first-rows.sh 'http://localhost:4400/setup?token=…'
#
# It makes the first admin and an API key, connects the sandbox Intercom workspace and a DuckDB file, publishes a pipeline, starts it and
# waits for its end. Every call is a POST of a JSON document to /api/<area>/<procedure>; /api/openapi.json describes them all.
set -euo pipefail

link=${1:?Give the setup link that Penstock printed.}
url=${link%/setup*}
token=${link##*token=}
port=${url##*:}
sandbox=${PENSTOCK_SANDBOX_URL:-http://127.0.0.1:$((port + 10))}   # where npm start serves it
password=$(node -p "crypto.randomBytes(18).toString('base64url')")
cookies=$(mktemp)
trap 'rm -f "$cookies"' EXIT

# call PROCEDURE JSON: the answer on standard output; with an error, its sentence on standard error, and the script ends.
call() {
  local answer
  answer=$(curl --silent --show-error --fail-with-body -X POST "$url/api/$1" \
    --cookie "$cookies" --cookie-jar "$cookies" -H "Origin: $url" -H "x-api-key: ${key:-}" \
    -H 'Content-Type: application/json' --data "$2") || { echo "$1: $answer" >&2; return 1; }
  echo "$answer"
}
# field NAME: a field of the JSON document on standard input.
field() { node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>t&&console.log(JSON.parse(t)[process.argv[1]]))' "$1"; }

call setup/createAdmin "{\"token\":\"$token\",\"name\":\"Ada\",\"email\":\"ada@example.com\",\"password\":\"$password\",\"workspaceName\":\"Acme\"}" >/dev/null
call auth/sign-in/email "{\"email\":\"ada@example.com\",\"password\":\"$password\"}" >/dev/null
echo "Signed in as ada@example.com, password $password"

# From here on with a key, as a program would.
key=$(call apiKeys/create '{"name":"first rows","role":"editor"}' | field key)
rm -f "$cookies"

source=$(call connections/createSource "{\"connector\":\"intercom\",\"name\":\"Sandbox Intercom\",\"region\":\"us\",
  \"apiBaseUrl\":\"$sandbox\",\"settings\":{\"accessToken\":\"sandbox-token\"}}" | field id)
warehouse=$(call connections/createDestination '{"type":"duckdb","name":"First warehouse","settings":{"path":"first-rows.duckdb"}}' | field id)

pipeline=$(call pipelines/create "{\"name\":\"First rows\",\"document\":{
  \"name\":\"First rows\",
  \"source\":{\"connector\":\"intercom\",\"connection\":\"$source\"},
  \"objects\":{\"contacts\":{\"fields\":{\"email\":\"hash\",\"phone\":\"hash\",\"name\":\"hash\"}},\"contact_tag\":{},\"conversations\":{}},
  \"schedule\":{\"every\":\"1h\"},
  \"destination\":{\"type\":\"duckdb\",\"connection\":\"$warehouse\",\"schema\":\"intercom\"}}}" | field id)
call pipelines/publish "{\"id\":\"$pipeline\",\"revision\":1}" >/dev/null

run=$(call runs/start "{\"pipelineId\":\"$pipeline\"}" | field runId)
state=queued
until [[ $state =~ ^(succeeded|partial|failed|cancelled)$ ]]; do
  sleep 0.5
  answer=$(call runs/get "{\"id\":\"$run\"}")
  state=$(field state <<<"$answer")
done
echo "The run $state: $(field loaded <<<"$answer") rows loaded with $(field requests <<<"$answer") requests."
[[ $state == succeeded ]]
