#!/usr/bin/env bash
# The frozen program from this checkout, on this system: dist/hip-thrust-visualizer.
# Ends with its self-test, so that what comes out works. PYTHON names the Python to freeze.
set -euo pipefail
cd "$(dirname "$0")/.."
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} PYTHONHASHSEED=0
export QT_QPA_PLATFORM=offscreen
name=hip-thrust-visualizer
python=${PYTHON:-python3}
bin=dist/venv/bin; [ "${OS:-}" != Windows_NT ] || bin=dist/venv/Scripts

[ -d dist/venv ] || "$python" -m venv dist/venv
"$bin/python" -m pip install -q --disable-pip-version-check --no-deps -r packaging/requirements.txt

# no paths and no debugging information in the kernels, or two builds would differ
rm -rf dist/wheel build
CFLAGS="-g0 ${CFLAGS:-}" "$bin/python" -m pip wheel -q --disable-pip-version-check \
    --no-deps --no-build-isolation --wheel-dir dist/wheel .
rm -rf build hip_thrust_visualizer.egg-info
"$bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-index \
    --force-reinstall --find-links dist/wheel "$name"
# where one function cannot be compiled for two kinds of processors, or the usual compiler knows no
# vectors, clang makes the kernels
case $(uname)-$(uname -m) in
    Linux-* | Darwin-arm64) kernels= ;;
    Darwin-x86_64) kernels=macos-x86_64 ;;
    *) kernels=windows-x86_64 ;;
esac
if [ -n "$kernels" ]; then
    "$bin/python" -m pip install -q --disable-pip-version-check ziglang==0.17.1
    package=$("$bin/python" -P -c 'import visualizer; print(visualizer.__path__[0])')
    "$bin/python" -P packaging/kernels.py "$kernels" "$package"
fi
# the extensions are optional, so a failed build would go unnoticed
"$bin/python" -P -c 'import visualizer.render._kernel, visualizer.anatomy._strands'

rm -rf "dist/$name" dist/freezing
# Modules are not compressed in the program: packages do that better, and a start takes less time.
PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0 "$bin/python" -P -m PyInstaller --noconfirm --log-level WARN \
    --distpath dist --workpath dist/freezing packaging/hip-thrust.spec
frozen=dist/$name
program=$frozen/$name
cp dist/freezing/hip-thrust/LICENCES.txt "$frozen/"
cp dist/freezing/hip-thrust/sbom.json dist/
case $(uname) in
    Linux)
        bash packaging/linux/small_icu.sh "$frozen/_internal/PySide6/Qt/lib"
        bash packaging/linux/launcher.sh "$bin/python" "$program" dist/freezing/launcher
        find "$frozen/_internal" -maxdepth 1 -name 'libpython3*' -exec strip --strip-unneeded {} +
        strip --strip-unneeded "$frozen"/_internal/python3*/lib-dynload/*.so \
            "$frozen"/_internal/visualizer/*/*.so "$frozen"/_internal/typst/*.so
        ;;
    Darwin) program="dist/Hip Thrust Visualizer.app/Contents/MacOS/$name" ;;
    *) program=$frozen/visualizer.exe ;;
esac
"$program" self-test
