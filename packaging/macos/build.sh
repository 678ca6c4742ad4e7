#!/usr/bin/env bash
# From the .app to the .dmg, for the processor of this machine. CODESIGN_IDENTITY names the Developer
# ID with which freeze.sh has signed; NOTARY_PROFILE the profile that `xcrun notarytool
# store-credentials` has kept. Without them the .dmg is unsigned, and Gatekeeper stops it.
set -euo pipefail
cd "$(dirname "$0")/../.."
name=hip-thrust-visualizer
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
app="dist/Hip Thrust Visualizer.app"
dmg=dist/out/$name-$version-macos-$(uname -m).dmg
dist/venv/bin/python -m pip install -q --disable-pip-version-check dmgbuild==1.6.7
dist/venv/bin/dmgbuild -s packaging/macos/dmg.py -D "app=$app" "Hip Thrust Visualizer" "$dmg"
if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    codesign --sign "$CODESIGN_IDENTITY" --timestamp "$dmg"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit --wait --keychain-profile "$NOTARY_PROFILE" "$dmg"
    xcrun stapler staple "$dmg"
    spctl --assess --type open --context context:primary-signature "$dmg"
fi
