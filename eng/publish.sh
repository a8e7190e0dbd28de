#!/usr/bin/env bash
# Publishes artifacts/release: the chart to an OCI registry, everything to the page of the release.
#
#   eng/publish.sh oci://REGISTRY/PATH
#
# TAG            the tag of the release; it must be v and the program's version
# REGISTRY_USER  who signs in to the registry, with GH_TOKEN
# DRY_RUN        true: print the commands instead
set -euo pipefail
cd "$(dirname "$0")/.."

registry=${1:?oci://REGISTRY/PATH}
# Registries take lower case only.
registry=${registry,,}
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
chart_version=$(sed -n 's/^version: *//p' chart/Chart.yaml)
if [ "${TAG:?the tag of the release}" != "v$version" ]; then
  echo "the tag is $TAG, but the version in Directory.Build.props is $version; tag v$version, or set the version" >&2
  exit 64
fi

run() {
  if [ "${DRY_RUN:-}" = true ]; then
    echo "$*"
  else
    "$@"
  fi
}

(cd artifacts/release && sha256sum --check --quiet SHA256SUMS)
host=${registry#oci://}
if [ "${DRY_RUN:-}" != true ]; then
  helm registry login "${host%%/*}" --username "${REGISTRY_USER:?}" --password-stdin <<<"${GH_TOKEN:?}"
fi
# A provenance file beside the chart goes with it.
run helm push "artifacts/release/tempo-$chart_version.tgz" "$registry"
run gh release create "$TAG" --verify-tag --title "$TAG" --notes-file CHANGELOG.md artifacts/release/*
