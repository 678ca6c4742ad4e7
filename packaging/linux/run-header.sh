#!/bin/sh
# Hip Thrust Visualizer @VERSION@: installs for this account, without root. The archive follows.
set -eu
usage() {
    cat <<'TEXT'
sh FILE.run                  install for this account
sh FILE.run --extract DIR    only unpack, into a folder that is made
sh FILE.run --check          see whether the file is whole
Remove it with: sh ~/.local/lib/hip-thrust-visualizer/uninstall.sh
TEXT
}
archive() { tail -n +@START@ "$0"; }
whole() {
    [ "$(archive | sha256sum | cut -d' ' -f1)" = @SUM@ ] ||
        { echo "This file is damaged; please download it again." >&2; exit 1; }
}
unpack() {
    if command -v xz > /dev/null; then unpacked() { xz -dc; }
    elif command -v python3 > /dev/null && python3 -c 'import lzma' 2> /dev/null; then
        unpacked() {
            python3 -c 'import lzma, shutil, sys
shutil.copyfileobj(lzma.open(sys.stdin.buffer), sys.stdout.buffer)'
        }
    elif busybox xz --help > /dev/null 2>&1; then unpacked() { busybox xz -dc; }
    else
        echo "Nothing here unpacks xz: install the package xz-utils (or xz), or Python 3." >&2
        exit 1
    fi
    archive | unpacked | tar -x -C "$1" --strip-components=1 || {
        echo "It could not be unpacked into $1: is the disk full?" >&2
        exit 1
    }
}
case ${1:-} in
    "") ;;
    --check) whole; echo "This file is whole."; exit 0 ;;
    --extract)
        [ $# = 2 ] || { usage >&2; exit 2; }
        whole; mkdir -p "$2"; unpack "$2"; exit 0 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac
whole
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
unpack "$work"
sh "$work/install.sh"
exit 0
