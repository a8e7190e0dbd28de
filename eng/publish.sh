#!/usr/bin/env bash
# Publishes a release: the chart (PATH/charts/tempo) and the image (PATH/tempo-postrender) to an OCI registry, and all files of
# artifacts/release to the release page. cosign signs the image and the checksums without a key, in the name of the workflow.
#
#   eng/publish.sh oci://REGISTRY/PATH
#
# ARTIFACTS      the folder with the output of eng/release.sh; default: artifacts
# TAG            the tag of the release: v followed by the version of the program
# REGISTRY_USER  the user that signs in to the registry, with GH_TOKEN as password
# DRY_RUN        true: print the commands instead
set -euo pipefail
cd "$(dirname "$0")/.."
: "${ARTIFACTS:=artifacts}"

registry=${1:?oci://REGISTRY/PATH}
# Registries accept lower case only.
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

(cd "$ARTIFACTS/release" && sha256sum --check --quiet SHA256SUMS)
host=${registry#oci://}
host=${host%%/*}
if [ "${DRY_RUN:-}" != true ]; then
  helm registry login "$host" --username "${REGISTRY_USER:?}" --password-stdin <<<"${GH_TOKEN:?}"
  docker login "$host" --username "$REGISTRY_USER" --password-stdin <<<"$GH_TOKEN"
fi

# helm push uploads the provenance file beside the chart too.
run helm push "$ARTIFACTS/release/tempo-$chart_version.tgz" "$registry/charts"

image=${registry#oci://}/tempo-postrender
platforms=()
for archive in "$ARTIFACTS"/images/linux-*.tar.gz; do
  platform=$image:$version-$(basename "$archive" .tar.gz)
  run docker load --input "$archive"
  run docker tag "tempo-postrender:$version" "$platform"
  run docker push "$platform"
  platforms+=("$platform")
done
run docker buildx imagetools create --tag "$image:$version" "${platforms[@]}"
digest=$(run docker buildx imagetools inspect "$image:$version" --format '{{.Manifest.Digest}}')
run cosign sign --yes "$image@$digest"
printf 'image=%s\ndigest=%s\n' "$image" "$digest" >>"${GITHUB_OUTPUT:-/dev/null}"

run cosign sign-blob --yes --bundle "$ARTIFACTS/release/SHA256SUMS.sigstore.json" "$ARTIFACTS/release/SHA256SUMS"
run gh release create "$TAG" --verify-tag --title "$TAG" --notes-file CHANGELOG.md "$ARTIFACTS"/release/*
