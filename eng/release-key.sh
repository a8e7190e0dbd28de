#!/usr/bin/env bash
# Gives the signing key of a CI run to the next steps: SIGNING_KEYRING is the keyring (gpg --export-secret-keys | base64),
# SIGNING_KEY the name of the key. Without a keyring nothing is signed.
set -euo pipefail

if [ -z "${SIGNING_KEYRING:-}" ]; then
  echo "there is no SIGNING_KEYRING: the release is not signed" >&2
  exit
fi

keyring=${RUNNER_TEMP:?}/secring.gpg
(umask 077 && base64 --decode <<<"$SIGNING_KEYRING" >"$keyring")
printf 'KEYRING=%s\nSIGNING_KEY=%s\n' "$keyring" "${SIGNING_KEY:?the name of the key}" >>"${GITHUB_ENV:?}"
