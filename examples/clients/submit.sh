#!/bin/sh
# Submits a task and follows it to its end, with curl alone:
#
#   sh examples/clients/submit.sh
#   sh examples/clients/submit.sh greet '{"name": "Ada"}'
#
# PENSTOCK_ADDRESS says where the broker is, PENSTOCK_API_KEY its key, if it has one.
# Ends with 0 when the task succeeded, else with 1.
set -eu

address=${PENSTOCK_ADDRESS:-http://127.0.0.1:8080}
type=${1:-demo}
payload=${2:-'{"message": "Hello", "count": 3}'}

# The key goes through a pipe, so that no list of processes shows it.
ask() {
  if [ -n "${PENSTOCK_API_KEY:-}" ]; then
    printf 'header = "Authorization: Bearer %s"\n' "$PENSTOCK_API_KEY" |
      curl --silent --show-error --fail-with-body --config - "$@"
  else
    curl --silent --show-error --fail-with-body "$@"
  fi
}

answer=$(ask --request POST "$address/api/v1/tasks" \
  --header 'Content-Type: application/json' \
  --data "{\"type\": \"$type\", \"payload\": $payload}") || { echo "$answer" >&2; exit 1; }
id=$(printf '%s' "$answer" | sed 's/.*"task_id":"\([^"]*\)".*/\1/')
echo "submitted $id"

# The stream tells what the task has done so far, then what it does, and closes at its end.
ask --no-buffer "$address/api/v1/tasks/$id/progress/stream?history=true" | sed -n 's/^data: //p'

task=$(ask "$address/api/tasks/$id")
echo "$task"
case $task in
  *'"state":"success"'*) exit 0 ;;
  *) exit 1 ;;
esac
