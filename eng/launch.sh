#!/bin/sh
# linux-PROCESSOR/tempo-postrender of a plugin that holds a program for glibc and one for musl: starts the one that this
# machine can run. TEMPO_POSTRENDER_LIBC=glibc or musl decides where a machine has both C libraries.
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
libc=${TEMPO_POSTRENDER_LIBC:-}
if [ -z "$libc" ]; then
  libc=musl
  for loader in /lib*/ld-linux-*; do
    if [ -e "$loader" ]; then libc=glibc; fi
  done
fi
exec "$here/../linux-$libc-${here##*-}/tempo-postrender" "$@"
