#!/bin/sh
# Starts a program as a container engine does with `read_only: true` and `tmpfs: ["/tmp"]`: nothing but /tmp can be written to, the
# published files are at /app, models at /app/models, and the user has no rights. Needs root; all of it ends with the process.
#   unshare --mount --propagation private sh container.sh ROOT PUBLISHED MODELS DOTNET COMMAND...
# ROOT is an empty folder, DOTNET the folder of the runtime, which comes to /dotnet.
set -eu
root=$1 published=$2 models=$3 dotnet=$4
shift 4

read_only() {
    mount --bind "$1" "$2"
    mount -o remount,bind,ro "$2"
}

mount -t tmpfs -o mode=755 tmpfs "$root"
for entry in /bin /dev /etc /lib* /proc /sbin /sys /usr; do
    if [ -L "$entry" ]; then
        cp -P "$entry" "$root"
    elif [ -d "$entry" ]; then
        mkdir "$root$entry"
        mount --rbind "$entry" "$root$entry"
        mount -o remount,bind,ro "$root$entry"
    fi
done

mkdir "$root/app" "$root/dotnet" "$root/tmp"
read_only "$dotnet" "$root/dotnet"
read_only "$published" "$root/app"
read_only "$models" "$root/app/models"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -o remount,ro "$root"

exec chroot "$root" setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs sh -c 'cd /app && exec "$@"' sh "$@"
