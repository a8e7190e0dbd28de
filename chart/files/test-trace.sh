# A span that is sent over OTLP can be read back.
set -eu
end=$(($(date +%s) + TIMEOUT))
now=$(date +%s)
id=$(tr -d - < /proc/sys/kernel/random/uuid)
span='{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"helm-test"}}]},"scopeSpans":[{"spans":[{"traceId":"'$id'","spanId":"'${id%????????????????}'","name":"helm-test","kind":1,"startTimeUnixNano":"'$now'000000000","endTimeUnixNano":"'$now'000000001"}]}]}]}'
try() {
  until curl "$FAMILY" -fksS -o /dev/null --max-time 10 -H "X-Scope-OrgID: $TENANT" "$@"; do
    [ "$(date +%s)" -lt "$end" ] || { echo "gave up on trace $id"; exit 1; }
    sleep 2
  done
}
try -H 'Content-Type: application/json' -d "$span" "$OTLP"
echo "trace $id was sent with curl $FAMILY to $OTLP"
try "$QUERY/$id"
echo "trace $id was read back from $QUERY"
