#!/usr/bin/env bash
# From the frozen folder to what is given away: dist/out/*.deb, *.run, *.tar.xz. The same sources and
# SOURCE_DATE_EPOCH give the same bytes.
set -euo pipefail
cd "$(dirname "$0")/../.."
name=hip-thrust-visualizer
id=io.github.hip_thrust_visualizer.app
here=packaging/linux
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
out=dist/out
stage=dist/stage
level=${LEVEL:-6}   # 9 takes twice as long for 1.5 % less
day=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)
umask 022

fill_in() { sed -e "s/@VERSION@/$version/g; s/@DATE@/$day/g" "$1" > "$2"; }
# a tar whose bytes depend on nothing but names and contents
plain_tar() {
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
        --mode=go=rX,u+rw --format=gnu -c "$@"
}

rm -rf "$stage"
mkdir -p "$out" "$stage"
cp -a "dist/$name" "$stage/$name"
find "$stage/$name" -type f -exec chmod 644 {} +
chmod 755 "$stage/$name/$name"

# ------------------------------------------------------------- files of the desktop, for all kinds
share=$stage/share
mkdir -p "$share/applications" "$share/metainfo" "$share/mime/packages" "$share/man/man1"
cp "$here/$id.desktop" "$share/applications/"
cp "$here/$id.mime.xml" "$share/mime/packages/$id.xml"
fill_in "$here/$id.metainfo.xml" "$share/metainfo/$id.metainfo.xml"
fill_in "$here/$name.1" "$share/man/man1/$name.1"
for size in 16 22 24 32 48 64 128 256 512; do
    install -D -m 644 "packaging/icons/app-$size.png" \
        "$share/icons/hicolor/${size}x$size/apps/$id.png"
done
install -D -m 644 visualizer/app/icons/program/app.svg \
    "$share/icons/hicolor/scalable/apps/$id.svg"

# -------------------------------------------------------------------------------------------- .deb
root=$stage/deb
mkdir -p "$root/DEBIAN" "$root/usr/lib" "$root/usr/bin" "$root/usr/share/doc/$name" \
    "$root/usr/share/lintian/overrides"
cp -a "$stage/$name" "$root/usr/lib/$name"
cp -a "$share/." "$root/usr/share/"
gzip -9n "$root/usr/share/man/man1/$name.1"
ln -s "$name.1.gz" "$root/usr/share/man/man1/visualizer.1.gz"
ln -s "../lib/$name/$name" "$root/usr/bin/$name"
ln -s "../lib/$name/$name" "$root/usr/bin/visualizer"
cp "$here/copyright" "$root/usr/share/doc/$name/copyright"
cp "$here/lintian-overrides" "$root/usr/share/lintian/overrides/$name"
printf '%s (%s) stable; urgency=medium\n\n  * See the list of changes of this version.\n\n -- %s  %s\n' \
    "$name" "$version" "The hip-thrust visualizer's authors <authors@example.org>" \
    "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n > "$root/usr/share/doc/$name/changelog.gz"
# the newest glibc that anything inside asks for
glibc=$(find "$root/usr/lib" -type f \( -name '*.so*' -o -name "$name" \) -exec objdump -T {} + 2>/dev/null |
    grep -oE 'GLIBC_2\.[0-9]+' | sort -uV | tail -1 | cut -d_ -f2)
sed -e "s/@VERSION@/$version/; s/@GLIBC@/$glibc/; s/@SIZE@/$(du -sk --apparent-size "$root" | cut -f1)/" \
    "$here/control" > "$root/DEBIAN/control"
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum > DEBIAN/md5sums)
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz "-z$level" --build "$root" "$out/${name}_${version}_amd64.deb" > /dev/null

# ------------------------------------------------------------------- .tar.xz, and .run around another
tree=$name-$version-linux-x86_64
mkdir "$stage/$tree"
mv "$stage/$name" "$share" "$stage/$tree/"
install -m 755 "$here/install.sh" "$stage/$tree/install.sh"
plain_tar -C "$stage" "$tree" | xz "-$level" -T1 > "$out/$tree.tar.xz"
sum=$(sha256sum "$out/$tree.tar.xz" | cut -d' ' -f1)
lines=$(wc -l < "$here/run-header.sh")
sed -e "s/@SUM@/$sum/; s/@START@/$((lines + 1))/; s/@TREE@/$tree/; s/@VERSION@/$version/" \
    "$here/run-header.sh" | cat - "$out/$tree.tar.xz" > "$out/$name-$version-x86_64.run"
chmod 755 "$out/$name-$version-x86_64.run"
rm -rf "$stage"
