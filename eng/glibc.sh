#!/usr/bin/env bash
# Prints the glibc version that a program needs, and fails if it is newer than VERSION:
#
#   eng/glibc.sh PROGRAM [VERSION]
#
# The linker records a version for every function of glibc; the machine needs the newest of them. A program for musl records
# none.
set -euo pipefail

versions=$(readelf --version-info "${1:?the program}")
needed=$(grep -o 'Name: GLIBC_[0-9.]*' <<<"$versions" | sed 's/.*_//' | sort -uV | tail -n 1 || true)
echo "$1 needs ${needed:+glibc }${needed:-no glibc}"
allowed=${2:-$needed}
if [ "$(printf '%s\n' "$needed" "$allowed" | sort -V | tail -n 1)" != "$allowed" ]; then
  echo "$1: needs glibc $needed, and $allowed is the newest allowed; link against an older one (SYSROOT)" >&2
  exit 1
fi
