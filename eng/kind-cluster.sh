#!/usr/bin/env bash
# Creates a kind cluster of one family: eng/kind-cluster.sh ipv6|dual|ipv4 KUBERNETES_VERSION
# KIND=echo prints the command and its configuration instead.
set -euo pipefail

family=${1:?ipv6, dual or ipv4} version=${2:?a version of Kubernetes, such as v1.34.0}
case $family in
  ipv6 | dual | ipv4) ;;
  *) echo "$family is not a family: use ipv6, dual or ipv4" >&2 && exit 64 ;;
esac

# CI machines have an IPv6 stack but do not forward IPv6 packets.
if [ -z "${KIND:-}" ] && [ "$family" != ipv4 ]; then
  sudo sysctl -w net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.all.forwarding=1
fi

configuration=$(mktemp)
trap 'rm -f "$configuration"' EXIT
cat >"$configuration" <<YAML
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
networking:
  ipFamily: $family
nodes:
  - role: control-plane
  - role: worker
YAML
if [ "${KIND:-}" = echo ]; then
  cat "$configuration"
fi
"${KIND:-kind}" create cluster --name "tempo-$family" --image "kindest/node:$version" --config "$configuration" --wait 5m
