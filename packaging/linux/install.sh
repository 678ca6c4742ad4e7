#!/bin/sh
# Installs the unpacked program for this account, without root: the program into ~/.local/lib, what
# menus and file managers need into ~/.local/share, commands into ~/.local/bin. An older version goes
# first. Under the name uninstall.sh it removes all of it again.
set -eu
name=hip-thrust-visualizer
id=io.github.hip_thrust_visualizer.app
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
home=$HOME/.local/lib/$name
bin=$HOME/.local/bin

refresh() {
    if command -v update-desktop-database > /dev/null; then
        update-desktop-database -q "$data/applications" || :
    fi
    if command -v update-mime-database > /dev/null && [ -d "$data/mime/packages" ]; then
        update-mime-database "$data/mime" > /dev/null 2>&1 || :
    fi
    if command -v gtk-update-icon-cache > /dev/null; then
        gtk-update-icon-cache -qtf "$data/icons/hicolor" 2> /dev/null || :
    fi
}

remove() {
    rm -rf "$home"
    for command in "$name" visualizer; do
        case $(readlink "$bin/$command" || :) in "$home"/*) rm -f "$bin/$command" ;; esac
    done
    rm -f "$data/applications/$id.desktop" "$data/mime/packages/$id.xml" \
        "$data/metainfo/$id.metainfo.xml" "$data/man/man1/$name.1"
    if [ -d "$data/icons/hicolor" ]; then
        find "$data/icons/hicolor" -name "$id.*" -type f -delete
    fi
}

if [ "$(basename "$0")" = uninstall.sh ]; then
    remove
    refresh
    # what the desktop's tools made when nothing is left that they made it from
    if ! ls "$data/mime/packages/"*.xml > /dev/null 2>&1; then
        for made in XMLnamespaces aliases generic-icons globs globs2 icons magic mime.cache \
            subclasses treemagic types version; do
            rm -f "$data/mime/$made"
        done
    fi
    if ! ls "$data/applications/"*.desktop > /dev/null 2>&1; then
        rm -f "$data/applications/mimeinfo.cache"
    fi
    # what the program had worked out and could again
    cache=${XDG_CACHE_HOME:-$HOME/.cache}
    rm -rf "$cache/$name"
    # folders that this left empty; those with anything in them stay
    find "$data/icons" "$data/mime" "$data/applications" "$data/metainfo" "$data/man" "$bin" \
        "$HOME/.local/lib" -type d -empty -delete 2> /dev/null || :
    for folder in "$cache" "$data" "$HOME/.local"; do
        rmdir "$folder" 2> /dev/null || :
    done
    echo "The Hip Thrust Visualizer was removed. Your own variations and settings stay in"
    echo "$data/$name and ${XDG_CONFIG_HOME:-$HOME/.config}/$name."
    exit 0
fi

# on a full disk an older version stays as it was
mkdir -p "$HOME/.local/lib" "$bin" "$data"
trap 'rm -rf "$home.new"' EXIT
trap 'exit 1' INT TERM HUP
rm -rf "$home.new"
cp -R "$here/$name" "$home.new" && cp "$here/install.sh" "$home.new/uninstall.sh" || {
    echo "The program could not be copied to $HOME/.local/lib: is the disk full?" >&2
    exit 1
}
remove
mv "$home.new" "$home"
cp -R "$here/share/." "$data/"
for command in "$name" visualizer; do
    # somebody else's command of that name is left alone
    if [ ! -e "$bin/$command" ] && [ ! -L "$bin/$command" ]; then
        ln -s "$home/$name" "$bin/$command"
    fi
done
# menus look neither into ~/.local/bin nor take a path with spaces without quotes
sed -e "s#^Exec=$name#Exec=\"$home/$name\"#; s#^TryExec=.*#TryExec=$home/$name#" \
    "$here/share/applications/$id.desktop" > "$data/applications/$id.desktop"
refresh
echo "Installed. Start it from the menu, or with $bin/$name."
echo "Remove it with: sh $home/uninstall.sh"
if ! "$home/$name" self-test > "$home/self-test.txt" 2>&1; then
    echo "This computer lacks something that it needs:" >&2
    grep -v '^ok ' "$home/self-test.txt" >&2
    exit 1
fi
