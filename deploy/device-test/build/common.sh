# Shared by the steps in this folder: where what was built is kept, and when it counts. Sourced, not run.
# shellcheck shell=bash
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/entrain/device-test
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
security=${DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security}
suite=trixie
mkdir -p "$cache"

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

[ "$(id -u)" = 0 ] || die "The device test builds a Debian and so wants to be root: sudo $0"

# key FILE... : one name for what these files say.
key() { cat "$@" | sha256sum | cut -c1-16; }

# kept THING KEY : whether THING in the cache was completed with this key.
kept() { [ -e "$cache/$1" ] && [ "$(cat "$cache/$1.key" 2>/dev/null)" = "$2" ]; }

# keep THING KEY : it is complete.
keep() { printf '%s\n' "$2" >"$cache/$1.key"; }

# sources : the lines of sources.list that both systems are built from.
sources() {
    printf 'deb %s %s main\n' "$mirror" "$suite" "$mirror" "$suite-updates" "$security" "$suite-security"
}

# inside COMMAND... : runs it in the toolchain's Debian, with the cache at /cache and nothing of it left mounted behind.
inside() {
    unshare -m --propagation private bash -c '
        root=$1 cache=$2; shift 2
        mkdir -p "$root/cache"
        mount --bind "$cache" "$root/cache"
        mount -t proc proc "$root/proc"
        mount --bind /dev "$root/dev"
        exec chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"' inside "$cache/toolchain" "$cache" "$@"
}
