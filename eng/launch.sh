#!/bin/sh
# The file linux-PROCESSOR/tempo-postrender of a plugin that contains a glibc and a musl program: starts the program that this
# machine can run. On a machine with both C libraries, TEMPO_POSTRENDER_LIBC=glibc or musl decides.
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
libc=${TEMPO_POSTRENDER_LIBC:-}
if [ -z "$libc" ]; then
  libc=musl
  for loader in /lib*/ld-linux-*; do
    if [ -e "$loader" ]; then libc=glibc; fi
  done
fi
exec "$here/../linux-$libc-${here##*-}/tempo-postrender" "$@"
