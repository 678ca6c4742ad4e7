#!/usr/bin/env bash
# What packaging/build.sh and check.sh need on Debian 12, as root.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends \
    python3-venv python3-dev libpython3.11 gcc git binutils icu-devtools xz-utils dpkg-dev \
    libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libx11-xcb1 \
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 \
    libxcb-shape0 libxcb-xkb1 fonts-dejavu-core lintian desktop-file-utils appstream man-db
