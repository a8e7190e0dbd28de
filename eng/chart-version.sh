#!/usr/bin/env bash
# Fails if the chart differs from the main branch but its version is not higher: a published version never changes.
# TARGET is the branch to compare with; default: origin/main.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"

target=${TARGET:-origin/main}
if ! base=$(git merge-base HEAD "$target" 2>/dev/null); then
  echo "skipped: there is no $target to compare the chart's version with" >&2
  exit
fi

if git diff --quiet "$base" -- chart || ! git cat-file -e "$target:chart/Chart.yaml" 2>/dev/null; then
  exit
fi

# A pre-release is older than its release; sort -V orders it correctly only with ~.
version() { sed -n 's/^version: *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' | tr - '~'; }
was=$(git show "$target:chart/Chart.yaml" | version)
now=$(version <chart/Chart.yaml)
if [ "$was" = "$now" ] || [ "$(printf '%s\n%s\n' "$was" "$now" | sort -V | tail -1)" != "$now" ]; then
  echo "chart/Chart.yaml: the chart differs from $target, but its version is ${now/\~/-} and was ${was/\~/-}; set a higher one" >&2
  exit 1
fi
