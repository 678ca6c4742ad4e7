#!/usr/bin/env bash
# Installs what dist/out holds, runs it, removes it, and looks for what was left: the .deb as root, the
# .run as a new user. For a machine that may be changed, like a container.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$PWD/dist/out
name=hip-thrust-visualizer
export QT_QPA_PLATFORM=offscreen DEBIAN_FRONTEND=noninteractive

files() { find /usr /etc /opt /var/lib/dpkg/info -xdev 2> /dev/null | grep -i "$name" || :; }

apt-get install -q -y "$out"/*.deb > /dev/null
visualizer self-test
visualizer render glute-bridge --phase lift --at 0.5 --size 640x360 -o /tmp/installed.png
apt-get purge -q -y "$name" > /dev/null
left=$(files)
[ -z "$left" ] || { echo "purge left: $left" >&2; exit 1; }

user=trial$$
useradd -m "$user"
install -m 644 "$out"/*.run /tmp/setup.run
as() { su "$user" -s /bin/sh -c "cd; export QT_QPA_PLATFORM=offscreen; $1"; }
as "find . -mindepth 1 | sort > /tmp/$user.before"
as 'sh /tmp/setup.run'
as '.local/bin/visualizer self-test'
as '.local/bin/visualizer render glute-bridge --phase lift --at 0.5 --size 640x360 -o ./picture.png'
# another way of the same program, another place: the same picture
cmp "$(eval echo "~$user")/picture.png" /tmp/installed.png
as 'rm picture.png; sh .local/lib/hip-thrust-visualizer/uninstall.sh'
as "find . -mindepth 1 | sort > /tmp/$user.after"
left=$(comm -13 /tmp/$user.before /tmp/$user.after)
[ -z "$left" ] || { echo "left in the new user's home: $left" >&2; exit 1; }
rm -f "/tmp/$user.before" "/tmp/$user.after"
userdel -r "$user" 2> /dev/null
