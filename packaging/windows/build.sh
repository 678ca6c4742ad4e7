#!/usr/bin/env bash
# From the frozen folder to setup.exe and the portable zip, on Windows in Git's bash. makensis must be
# on the path; SIGN names a command that signs the file it is given.
set -euo pipefail
cd "$(dirname "$0")/../.."
name=hip-thrust-visualizer
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
frozen=${FROZEN:-dist/$name}
out=dist/out
python=${PYTHON_OF_BUILD:-dist/venv/Scripts/python}
mkdir -p "$out"
top=$(pwd -W 2> /dev/null || pwd)   # makensis wants Windows' own paths there
full() { case $1 in /* | ?:*) echo "$1" ;; *) echo "$top/$1" ;; esac; }

if [ -n "${SIGN:-}" ]; then
    for program in "$frozen"/*.exe; do $SIGN "$program"; done
fi
makensis -V2 ${SIGN:+"-DSIGN=$SIGN"} ${QUICK:+-DQUICK} "-DVERSION=$version" \
    "-DPAYLOAD=$(full "$frozen")" "-DLICENCE=$top/LICENSE" \
    "-DOUT=$top/$out/$name-$version-setup.exe" packaging/windows/installer.nsi
"$python" packaging/windows/portable.py "$frozen" "$out/$name-$version-windows-portable.zip"
