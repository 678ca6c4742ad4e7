#!/usr/bin/env bash
# What Debian's and the desktop's own tools say of dist/out/*.deb; any finding ends it.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
dpkg-deb -x dist/out/*.deb "$work"
lost=$(find "$work" -xtype l); [ -z "$lost" ] || { echo "links to nothing: $lost"; exit 1; }
desktop-file-validate "$work"/usr/share/applications/*.desktop
appstreamcli validate --no-net "$work"/usr/share/metainfo/*.metainfo.xml
man --warnings -l "$work"/usr/share/man/man1/hip-thrust-visualizer.1.gz > /dev/null
lintian --fail-on error,warning dist/out/*.deb
