#!/usr/bin/env bash
# Links the program that starts the frozen folder anew, with Python inside it. Debian builds its
# libpython.so without the profile that its python3 is built with; the archive beside it has it, so the
# interpreter is some 15 % faster. Where there is no such archive, all stays as it is.
# PyInstaller's own sources are compiled as they are: only their search for libpython ends in the
# program itself.   launcher.sh PYTHON FROZEN_PROGRAM WORK   (gcc, pip's network)
set -euo pipefail
python=$1 program=$2 work=$3
archive=$("$python" -c 'import sysconfig as s; v = s.get_config_var
print(v("LIBPL") + "/" + v("LIBRARY"))')
inside=$(dirname "$program")/_internal
[ -f "$archive" ] || { echo "$archive is not there: $(basename "$inside"/libpython3*) stays"; exit 0; }

rm -rf "$work"
mkdir -p "$work"
version=$("$python" -m pip show pyinstaller | sed -n 's/^Version: //p')
"$python" -m pip download -q --disable-pip-version-check --no-deps --no-binary pyinstaller \
    -d "$work" "pyinstaller==$version"
tar -xzf "$work/pyinstaller-$version.tar.gz" -C "$work" --strip-components=1
cat > "$work/inside.c" <<'C'
#include <stddef.h>
#include <string.h>

void *__real_dlopen(const char *file, int mode);

void *__wrap_dlopen(const char *file, int mode)
{
    return __real_dlopen(file && strstr(file, "/libpython") ? NULL : file, mode);
}
C
# what PyInstaller's wscript finds out about Linux
found=(-D_REENTRANT -D_BSD_SOURCE -D_DEFAULT_SOURCE -D_GNU_SOURCE -DPYI_USE_POSIX_SEMAPHORE
    -DHAVE_UNSETENV -DHAVE_MKDTEMP -DHAVE_WCSDUP -DNDEBUG)
(
    cd "$work/bootloader"
    gcc -O2 -w -no-pie -pthread "${found[@]}" -rdynamic -o ../launcher src/*.c ../inside.c \
        -Wl,--wrap=dlopen,--build-id=none,-z,noexecstack,-rpath,'$ORIGIN/_internal' \
        -Wl,--whole-archive "$archive" -Wl,--no-whole-archive -lm -lz -lexpat -lutil -ldl -lpthread
)
strip --strip-unneeded "$work/launcher"
objcopy --dump-section pydata="$work/modules" "$program"
objcopy --add-section pydata="$work/modules" "$work/launcher" "$program"
rm "$inside"/libpython3*
