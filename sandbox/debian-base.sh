#!/usr/bin/env bash
# Makes a base image for the sandbox from Debian's packages, where no image registry can be reached.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: sandbox/debian-base.sh [--force] [NAME]

Makes the image NAME (grader-base:trixie if not given): Debian trixie with its Python 3 and nothing
that the sandbox does not need. Does nothing if the image exists, unless --force is given.
Needs root, debootstrap and a Docker engine. A mirror of Debian other than debootstrap's own choice
is taken from the environment variable DEBIAN_MIRROR.

Then: grade sandbox build --base NAME
TEXT
}

die() {
    echo "debian-base.sh: $1" >&2
    exit 1
}

check_engine() {
    command -v docker >/dev/null || die "the docker command is missing: apt-get install docker.io"
    docker version >/dev/null 2>&1 || die "no Docker engine answers this user: start it, be root, or set DOCKER_HOST."
}

check_debootstrap() {
    [ "$(id -u)" -eq 0 ] || die "debootstrap must make devices and change owners: run this as root."
    command -v debootstrap >/dev/null || die "debootstrap is missing: apt-get install debootstrap"
}

clean_up() {
    # An interrupted debootstrap leaves its /proc and /sys behind, which must not be walked into.
    for mounted in proc sys dev; do
        if mountpoint --quiet "$work/root/$mounted"; then umount "$work/root/$mounted"; fi
    done
    rm -rf --one-file-system "$work"
}

make_root() {
    debootstrap --variant=minbase --include=python3,ca-certificates,bubblewrap trixie "$work/root" \
        ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$work/debootstrap.log" 2>&1 && return
    tail -n 5 "$work/debootstrap.log" >&2
    die "debootstrap failed, see above; is a mirror of Debian reachable? DEBIAN_MIRROR names another."
}

strip_root() {
    cd "$work/root"
    # The copyright files stay, as the licences ask.
    find usr/share/doc ! -type d ! -name copyright -delete
    find usr/share/doc -mindepth 1 -type d -empty -delete
    rm -rf usr/share/man/* usr/share/info/* usr/share/lintian/* usr/share/locale/*
    rm -rf var/lib/apt/lists/* var/cache/apt/* var/cache/debconf/*-old var/log/* debootstrap
    cd - >/dev/null
}

force=no
name=grader-base:trixie
for argument in "$@"; do
    case $argument in
        -h | --help) usage && exit ;;
        --force) force=yes ;;
        -*) die "unknown option $argument; see --help" ;;
        *) name=$argument ;;
    esac
done

check_engine
if [ "$force" = no ] && docker image inspect "$name" >/dev/null 2>&1; then
    echo "The image $name exists; --force makes it anew."
    exit
fi
check_debootstrap

umask 022
work=$(mktemp -d)
trap clean_up EXIT
echo "Fetching Debian's packages ..."
make_root
strip_root
# A file between the two, so that a failing tar fails the script.
tar -C "$work/root" --numeric-owner -cf "$work/root.tar" .
docker import --change 'CMD ["python3"]' "$work/root.tar" "$name" >/dev/null
echo "Made the image $name. Next: grade sandbox build --base $name"
