# Every Service of Tempo has an address of the family and answers there: curl -6 and -4 take such an address or fail.
set -eu
end=$(($(date +%s) + TIMEOUT))
for url in $URLS; do
  until curl "$FAMILY" -fksS --max-time 10 "$url/ready"; do
    [ "$(date +%s)" -lt "$end" ] || { echo "gave up on $url"; exit 1; }
    sleep 2
  done
  echo "$url is ready with curl $FAMILY"
done
