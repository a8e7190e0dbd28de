#!/usr/bin/env bash
# Runs ct install with the values that a cluster of one family supports: eng/ct-install.sh ipv6|dual|ipv4
# Microservices need Kafka and object storage; here they are rendered and linted only.
# CT=echo prints the command instead.
set -euo pipefail
cd "$(dirname "$0")/.."

family=${1:?ipv6, dual or ipv4}
case $family in
  ipv6 | ipv4) values=("$family") ;;
  dual) values=(dual ipv6 ipv4) ;;
  *) echo "$family is not a family: use ipv6, dual or ipv4" >&2 && exit 64 ;;
esac

# ct installs every file in ci/, so it gets a copy of the chart with the matching files only. The folder must have the name of the chart.
charts=$(mktemp -d)
trap 'rm -rf "$charts"' EXIT
cp -R chart "$charts/tempo"
rm "$charts"/tempo/ci/*
for value in "${values[@]}"; do
  cp "chart/ci/monolithic-$value-values.yaml" "$charts/tempo/ci/"
done
if [ "${CT:-}" = echo ]; then
  ls "$charts/tempo/ci"
fi
"${CT:-ct}" install --config ct.yaml --charts "$charts/tempo"
