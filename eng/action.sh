#!/usr/bin/env bash
# Run by action.yml: checks files, or a chart that Helm renders, and writes the reports that GitHub shows: annotations to
# standard output, a SARIF file, and the summary of the job. Each input is an environment variable INPUT_NAME.
set -euo pipefail

# Downloads the program once per job and verifies it with the checksums of the release.
program() {
  local name platform folder
  if command -v tempo-postrender; then return; fi
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=linux-x64 ;;
    Linux-aarch64) platform=linux-arm64 ;;
    Darwin-arm64) platform=osx-arm64 ;;
    *) echo "there is no tempo-postrender for $(uname -s)-$(uname -m); put one on PATH" >&2 && return 1 ;;
  esac
  if [[ $platform == linux-* ]] && ! compgen -G '/lib*/ld-linux-*' >/dev/null; then
    platform=${platform/linux-/linux-musl-}
  fi
  name=tempo-postrender-$INPUT_VERSION-$platform.tar.gz
  folder=${RUNNER_TEMP:?}/tempo-postrender-$INPUT_VERSION
  if [ ! -x "$folder/tempo-postrender" ]; then
    mkdir -p "$folder"
    (cd "$folder" && gh release download "v$INPUT_VERSION" --repo "$ACTION_REPOSITORY" --pattern "$name" --pattern SHA256SUMS --clobber &&
      sha256sum --check --ignore-missing --quiet SHA256SUMS && tar -xzf "$name") >&2
  fi
  echo "$folder/tempo-postrender"
}

lines() { grep -v '^[[:space:]]*$' <<<"$1" || true; }

if [ -n "${INPUT_FILES:-}" ] && [ -n "${INPUT_CHART:-}" ]; then
  echo "::error::files and chart are both set; the action checks one or the other" && exit 64
fi
if [ -z "${INPUT_CHART:-}" ] && [ -z "$(lines "${INPUT_FILES:-}")" ]; then
  echo "::error::neither files nor chart is set; the action checks one of them" && exit 64
fi
tempo_postrender=$(program)
options=(--address-family "${INPUT_ADDRESS_FAMILY:-auto}" ${INPUT_NAMESPACE:+--namespace "$INPUT_NAMESPACE"})

if [ -n "${INPUT_CHART:-}" ]; then
  rendered=$(mktemp "${RUNNER_TEMP:?}/release.XXXXXX")
  values=()
  while read -r file; do values+=(--values "$file"); done < <(lines "${INPUT_VALUES:-}")
  helm template tempo "$INPUT_CHART" ${INPUT_NAMESPACE:+--namespace "$INPUT_NAMESPACE"} ${values[@]+"${values[@]}"} >"$rendered"
  # With standard input, findings name the template and not a temporary file.
  files=(-)
else
  rendered=/dev/null
  mapfile -t files < <(lines "$INPUT_FILES")
fi

check() { "$tempo_postrender" check "${options[@]}" "$@" "${files[@]}" <"$rendered"; }

sarif=${INPUT_SARIF:-tempo-postrender.sarif}
# Only the last run decides the exit code; the others write reports.
check --fail-on never --format sarif >"$sarif"
check --fail-on never --format github
check --fail-on never --format markdown >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
printf 'sarif=%s\nerrors=%s\n' "$sarif" "$(grep -c '"level": "error"' "$sarif" || true)" >>"${GITHUB_OUTPUT:-/dev/null}"
check --fail-on "${INPUT_FAIL_ON:-error}" >/dev/null
