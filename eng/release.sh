#!/usr/bin/env bash
# Builds all files of a release (docs/releasing.md):
#
#   eng/release.sh             the program for this machine's platform, and the release
#   eng/release.sh program     only the program, into $ARTIFACTS/programs/<platform>
#   eng/release.sh image       a container image with the program, $ARTIFACTS/images/<platform>.tar.gz
#   eng/release.sh assemble    the release from every program in $ARTIFACTS/programs
#
# ARTIFACTS      the output folder; default: artifacts
# PLATFORM       linux-x64, linux-arm64, linux-musl-x64, linux-musl-arm64, osx-arm64 or win-x64; default: this machine's
# SYSROOT        links against the C library of this folder, with clang and lld; default: the machine's own
# BASE_IMAGE     the base image; default: the one in postrender/Tempo.PostRender.csproj
# MAX_GLIBC      the newest glibc that a Linux program may need; default: any
# PUBLISH_AOT    false: no native code, for a machine without a C compiler
# REPOSITORY     owner/name, in place of OWNER/REPOSITORY in the files of the release; default: GITHUB_REPOSITORY
# SIGNING_KEY    signs the chart and the plugins with this key of KEYRING (PASSPHRASE_FILE: a file with its passphrase)
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir -p "${ARTIFACTS:=artifacts}"
artifacts=$(cd "$ARTIFACTS" && pwd)
programs=$artifacts/programs plugins=$artifacts/plugins release=$artifacts/release
aot=(-p:PublishAot="${PUBLISH_AOT:-true}")
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)

# The program and the tool package are restored differently; with separate folders a second run builds only what changed.
# The analyzers run in every other build, so they are switched off here.
build() { dotnet "$2" "${@:3}" -v q --artifacts-path "$artifacts/$1" -p:FetchHelm=false -p:RunAnalyzers=false; }

musl() { if compgen -G '/lib/ld-musl-*' >/dev/null && ! compgen -G '/lib*/ld-linux-*' >/dev/null; then echo -musl; fi; }

publish() {
  build build publish postrender -c Release -r "$1" "${aot[@]}" ${SYSROOT:+-p:SysRoot="$SYSROOT" -p:LinkerFlavor=lld} "${@:2}"
}

platform() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo "linux$(musl)-x64" ;;
    Linux-aarch64) echo "linux$(musl)-arm64" ;;
    Darwin-arm64) echo osx-arm64 ;;
    MINGW*-x86_64 | MSYS*-x86_64) echo win-x64 ;;
    *) echo "$(uname -s)-$(uname -m) is not a platform of a release; set PLATFORM to one" >&2 && return 1 ;;
  esac
}

# Helm 4 packages plugins; Helm 3 cannot.
helm4() {
  local helm
  for helm in "${HELM4:-}" .helm/v4/helm "$(command -v helm || true)"; do
    if [ -x "$helm" ] && [[ $("$helm" version --short) == v4.* ]]; then
      echo "$helm"
      return
    fi
  done
  echo "there is no Helm 4: run dotnet build, which downloads it, or set HELM4 to its path" >&2
  return 1
}

program() {
  local rid=${PLATFORM:-$(platform)}
  rm -rf "${programs:?}/$rid"
  publish "$rid" -o "$programs/$rid"
}

# The SDK downloads the base image and writes an archive for docker load; it needs no Docker.
image() {
  local rid=${PLATFORM:-$(platform)}
  local archive=$artifacts/images/$rid.tar.gz
  rm -f "$archive"
  publish "$rid" -t:PublishContainer -p:ContainerArchiveOutputPath="$archive" ${BASE_IMAGE:+-p:ContainerBaseImage="$BASE_IMAGE"}
  if [ "$(wc -c <"$archive")" -gt 40000000 ]; then
    echo "$archive is larger than 40 MB; check what the base image contains" >&2
    return 1
  fi
}

# Names the repository in a copy of a file. Names of ghcr.io are lower case.
name_repository() {
  local repository=${REPOSITORY:-${GITHUB_REPOSITORY:-}}
  if [ -z "$repository" ]; then
    cp "$1" "$2"
    return
  fi
  sed -e "s:OWNER/REPOSITORY:$repository:g" \
    -e "s:ghcr\.io/OWNER:ghcr.io/$(tr '[:upper:]' '[:lower:]' <<<"${repository%%/*}"):g" "$1" >"$2"
}

# The part of the signing key with which users verify the chart and the plugins.
public_key() {
  local home
  home=$(mktemp -d)
  gpg --homedir "$home" --batch --quiet --import "$KEYRING"
  gpg --homedir "$home" --batch --export "$SIGNING_KEY" >"$release/tempo-helm.gpg"
  gpgconf --homedir "$home" --kill all
  rm -rf "$home"
}

glibc_floor() {
  local program
  for program in "$programs"/linux-*/tempo-postrender; do
    eng/glibc.sh "$program" "$1"
  done
}

# A plugin selects a program by operating system and processor; eng/launch.sh selects it by C library.
libc_launchers() {
  local processor
  for processor in x64 arm64; do
    if [ -d "$1/linux-$processor" ] && [ -d "$1/linux-musl-$processor" ]; then
      mkdir "$1/linux-glibc-$processor"
      mv "$1/linux-$processor/tempo-postrender" "$1/linux-glibc-$processor/"
      cp eng/launch.sh "$1/linux-$processor/tempo-postrender"
    fi
  done
}

plugin_archives() {
  local helm=$1 plugin
  for plugin in tempo-postrender tempo-family tempo-family-helm3; do
    mkdir -p "$plugins/$plugin"
    cp -R "$programs"/* LICENSE "$plugins/$plugin/"
    rm -f "$plugins/$plugin"/*/plugin.yaml
    libc_launchers "$plugins/$plugin"
    cp "postrender/plugin/$plugin/plugin.yaml" "$plugins/$plugin/"
  done
  for plugin in tempo-postrender tempo-family; do
    "$helm" plugin package "${signing[@]:---sign=false}" -d "$release" "$plugins/$plugin" >/dev/null
  done
  # Helm 3 needs plugin.yaml at the root of the archive, and fails on an entry for the root itself.
  (cd "$plugins/tempo-family-helm3" && tar -czf "$release/tempo-family-helm3-$version.tgz" -- *)
}

# The runtime is linked into native code, but the record of the restore does not contain it.
bill_of_materials() {
  local runtime description=$artifacts/description.xml
  runtime=Microsoft.NETCore.App.Runtime.NativeAOT.$1
  cat >"$description" <<EOF
<bom xmlns="http://cyclonedx.org/schema/bom/1.6">
  <metadata>
    <component type="application" bom-ref="tempo-postrender">
      <name>tempo-postrender</name>
      <version>$version</version>
      <licenses><license><id>Apache-2.0</id></license></licenses>
      <components>
        <component type="framework" bom-ref="runtime">
          <name>$runtime</name>
          <version>$2</version>
          <licenses><license><id>MIT</id></license></licenses>
          <purl>pkg:nuget/$runtime@$2</purl>
        </component>
      </components>
    </component>
  </metadata>
</bom>
EOF
  dotnet tool restore >/dev/null
  # The generator runs only in the compiler, but the package that depends on it does not mark it as such.
  dotnet CycloneDX postrender/Tempo.PostRender.csproj --base-intermediate-output-path "$artifacts/build-tool/obj" \
    --disable-package-restore --exclude-dev --exclude-filter Vecc.YamlDotNet.Analyzers.StaticGenerator \
    --import-metadata-path "$description" --no-serial-number --spec-version 1.6 --output-format Json \
    --output "$release" --filename "tempo-postrender-$version.cdx.json" >/dev/null
}

assemble() {
  local helm rid schema signing=()
  helm=$(helm4)
  if [ -n "${SIGNING_KEY:-}" ]; then
    signing=(--sign --key "$SIGNING_KEY" ${KEYRING:+--keyring "$KEYRING"} ${PASSPHRASE_FILE:+--passphrase-file "$PASSPHRASE_FILE"})
  fi
  if [ -n "${MAX_GLIBC:-}" ]; then glibc_floor "$MAX_GLIBC"; fi
  rm -rf "$plugins" "$release"
  mkdir -p "$plugins" "$release"

  plugin_archives "$helm"
  rm -rf "$artifacts/chart"
  cp -R chart "$artifacts/chart"
  name_repository chart/Chart.yaml "$artifacts/chart/Chart.yaml"
  for schema in docs/*.schema.json; do
    name_repository "$schema" "$release/$(basename "$schema")"
  done
  if [ -n "${SIGNING_KEY:-}" ] && [ -n "${KEYRING:-}" ]; then public_key; fi
  "$helm" package "$artifacts/chart" -d "$release" ${signing[@]+"${signing[@]}"} >/dev/null
  for rid in "$programs"/*; do
    rid=$(basename "$rid")
    tar -czf "$release/tempo-postrender-$version-$rid.tar.gz" -C "$programs/$rid" --exclude=plugin.yaml . -C "$PWD" LICENSE
  done
  name_repository README.md "$artifacts/README.md"
  build build-tool pack postrender -c Release -o "$release" -p:ReadmePath="$artifacts/README.md"
  bill_of_materials "$rid" "$(dotnet msbuild postrender -getProperty:BundledNETCoreAppPackageVersion)"
  (cd "$release" && sha256sum -- * >"$artifacts/SHA256SUMS" && mv "$artifacts/SHA256SUMS" .)
  ls -l "$release"
}

case "${1:-all}" in
  program) program ;;
  image) image ;;
  assemble) assemble ;;
  all) program && assemble ;;
  *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p;}' "$0" >&2 && exit 64 ;;
esac
