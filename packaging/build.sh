#!/usr/bin/env bash
# Everything that is given away for this system, from this checkout: dist/out with SHA256SUMS and a
# list of what is inside (SBOM). What each system needs for it stands in docs/release.md.
set -euo pipefail
cd "$(dirname "$0")/.."
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
case $(uname) in
    Linux) system=linux ;;
    Darwin) system=macos ;;
    *) system=windows ;;
esac
rm -rf dist/out
mkdir -p dist/out
bash packaging/freeze.sh
bash "packaging/$system/build.sh"
cp dist/sbom.json "dist/out/hip-thrust-visualizer-$system.cdx.json"
cd dist/out
sums=$(command -v sha256sum || echo shasum -a 256)
$sums hip-thrust-visualizer* > "SHA256SUMS-$system"
cat "SHA256SUMS-$system"
