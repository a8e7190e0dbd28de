#!/usr/bin/env bash
# Runs the checks of `ct lint`: yamllint, helm lint for every file in chart/ci (with Helm 3 and Helm 4), and the version, which
# must increase when the chart changes. A test (tests/Chart) checks the schema of Chart.yaml.
set -euo pipefail
cd "$(dirname "$0")/.."

find_yamllint() {
  command -v yamllint >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  { apt-get install -qq -y yamllint || { apt-get update -qq && apt-get install -qq -y yamllint; }; } >/dev/null 2>&1
}

# Like ct, only these files: templates are not YAML.
if find_yamllint; then
  yamllint --config-file eng/lint/yamllint.yaml chart/Chart.yaml chart/values.yaml chart/ci/*-values.yaml
else
  echo "skipped: yamllint is not on this machine, and cannot be installed without root and apt-get" >&2
fi

for helm in "${HELM3:-.helm/v3/helm}" "${HELM4:-.helm/v4/helm}"; do
  # A version of Helm that is on PATH was not downloaded.
  command -v "$helm" >/dev/null || helm=helm
  for values in chart/ci/*-values.yaml; do
    "$helm" lint chart --strict --quiet --values "$values"
  done
done

eng/chart-version.sh
