#!/usr/bin/env bash
# Starts a program of a release in a container: it fixes a release, and finds nothing to fix in the result.
#
#   eng/try-program.sh PLATFORM IMAGE
#
# ARTIFACTS  the folder with the output of eng/release.sh; default: artifacts
# DOCKER     the program that runs containers; default: docker
set -euo pipefail
cd "$(dirname "$0")/.."

platform=${1:?a platform: linux-x64, linux-arm64, linux-musl-x64 or linux-musl-arm64} image=${2:?an image}
folder=$(cd "${ARTIFACTS:-artifacts}/programs/$platform" && pwd)
example=docs/examples/release.yaml

run() {
  "${DOCKER:-docker}" run --rm --interactive --network none --volume "$folder:/program:ro" "$image" /program/tempo-postrender "$@"
}

fixed=$(run <"$example")
again=$(run --mode check <<<"$fixed")
if [ "$fixed" = "$(cat "$example")" ] || [ "$again" != "$fixed" ]; then
  echo "the program for $platform does not fix $example in $image" >&2
  exit 1
fi
echo "the program for $platform works in $image"
