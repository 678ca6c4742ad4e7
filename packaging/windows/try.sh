#!/usr/bin/env bash
# Installs dist/out/*-setup.exe silently, runs the self-test of what is installed, installs again over
# it, and removes it. For a machine that may be changed.
set -euo pipefail
cd "$(dirname "$0")/../.."
setup=$(echo dist/out/*-setup.exe)
home="$LOCALAPPDATA/Programs/Hip Thrust Visualizer"
for _ in first again; do
    MSYS2_ARG_CONV_EXCL='*' "$setup" /S
    "$home/visualizer.exe" self-test
done
MSYS2_ARG_CONV_EXCL='*' "$home/uninstall.exe" /S
# the uninstaller works from a copy of its own, in the background
for _ in $(seq 30); do [ -e "$home" ] || exit 0; sleep 1; done
echo "left after the uninstallation:" >&2
find "$home" >&2
exit 1
