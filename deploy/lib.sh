# Shared by the commands in this folder: finds or installs what they need. Sourced, not run.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# as_root COMMAND... : runs it as root if there is a way.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 1
    fi
}

# install PACKAGE... : installs Debian packages, or says how.
install() {
    as_root true || die "Missing: $*. Install them as root: apt-get install $*"
    say "Installing $* ..."
    as_root apt-get update -qq >/dev/null || say "apt-get update failed; trying with the lists there are"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        die "apt-get could not install $*. Install them by hand, then run this command again."
}

# need COMMAND PACKAGE... : installs the packages if the command is missing.
need() {
    command -v "$1" >/dev/null 2>&1 || { shift; install "$@"; }
}

# need_music : installs the libraries that songs are read, measured and stretched with.
need_music() {
    local library
    for library in libsndfile.so.1 libebur128.so.1 libSoundTouchDll.so.1; do
        if ! /sbin/ldconfig -p 2>/dev/null | grep -q "$library"; then
            install libsndfile1 libebur128-1 libsoundtouch1
            return
        fi
    done
}

# jdk25 : prints the home of a JDK 25, or nothing.
jdk25() {
    local home
    for home in "${JAVA_HOME:-/nonexistent}" /usr/lib/jvm/*; do
        if [ -x "$home/bin/javac" ] && grep -qs '^JAVA_VERSION="25[."]' "$home/release"; then
            printf '%s\n' "$home"
            return
        fi
    done
}

# need_jdk : sets JDK to the home of a JDK 25, installing one where Debian has it.
need_jdk() {
    JDK=$(jdk25)
    if [ -z "$JDK" ]; then
        local package
        as_root apt-get update -qq >/dev/null 2>&1 || true
        for package in openjdk-25-jdk-headless temurin-25-jdk; do
            if apt-cache show "$package" >/dev/null 2>&1; then
                install "$package"
                break
            fi
        done
        JDK=$(jdk25)
    fi
    [ -n "$JDK" ] || die "No JDK 25 found, and this system's package lists have none.
Debian 13: apt-get install openjdk-25-jdk-headless. Debian 12: add the Adoptium repository, then apt-get install temurin-25-jdk.
Elsewhere: unpack a JDK 25 and set JAVA_HOME to it."
    need mvn maven
}

# need_speech : what speaks the prompts while building.
need_speech() {
    need espeak-ng espeak-ng
    need sox sox
}

# build_agent : packages the agent if sources are newer than the package. One builds, others wait for it.
build_agent() {
    (
        flock 9
        mark=device-agent/target/built
        if [ ! -e "$mark" ] || [ -n "$(find pom.xml sensor-protocol/pom.xml device-agent/pom.xml \
            sensor-protocol/src/main device-agent/src/main -newer "$mark" -print -quit)" ]; then
            need_speech
            say "Building the agent ..."
            mvn -B -ntp -Dstyle.color=never -Dorg.slf4j.simpleLogger.defaultLogLevel=warn package -DskipTests -Dspotless.check.skip=true >&2 || die "The build failed; the lines above say where."
            touch "$mark"
        fi
    ) 9<pom.xml || exit 1
}

# build_clinic : packages the clinic's receiver if sources or the built page are newer than the package. One builds, others wait for it.
build_clinic() {
    (
        flock 9
        mark=deploy/clinic/target/built
        page=deploy/clinic/dashboard/dist
        [ -e "$page" ] || page=deploy/clinic/pom.xml
        if [ ! -e "$mark" ] || [ -n "$(find pom.xml deploy/clinic/pom.xml deploy/clinic/src/main \
            "$page" -newer "$mark" -print -quit)" ]; then
            say "Building the clinic's receiver ..."
            mvn -B -ntp -Dstyle.color=never -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -pl deploy/clinic package -Dmaven.test.skip=true -Dspotless.check.skip=true >&2 || die "The build failed; the lines above say where."
            touch "$mark"
        fi
    ) 9<deploy/clinic/pom.xml || exit 1
}

# build_dashboard : bundles the clinic's page if sources are newer than the bundle. One builds, others wait for it.
build_dashboard() {
    need npm nodejs npm
    (
        cd deploy/clinic/dashboard || exit 1
        flock 9
        if [ ! -e dist/index.html ] || [ -n "$(find package-lock.json package.json build.js index.html icon.svg src -newer dist/index.html -print -quit)" ]; then
            say "Building the dashboard page ..."
            { npm ci --loglevel=error --no-audit --no-fund && npm run --silent build; } >&2 && touch dist/index.html
        fi
    ) 9<deploy/clinic/dashboard/package.json || die "The dashboard page could not be built; the lines above say where."
}

# build_card FOLDER PPM : builds the test card there with its asound.conf. Each process plays into the files named by
# ENTRAIN_CARD, without their endings; ours is the default.
build_card() {
    need cc gcc libc6-dev
    [ -e /usr/include/alsa/asoundlib.h ] || install libasound2-dev
    local plugin=$1/libasound_module_pcm_entraincard.so
    cc -std=gnu99 -O2 -Wall -fPIC -shared -DPIC -o "$plugin" device-agent/src/test/c/entrain_*.c -lasound -lm ||
        die "The test card could not be built; the lines above say where."
    cat >"$1/asound.conf" <<END
pcm_type.entraincard { lib "$plugin" }
pcm.card {
    type entraincard
    file { @func concat strings [ { @func getenv vars [ ENTRAIN_CARD ] default "$1/ours" } ".raw" ] }
    log { @func concat strings [ { @func getenv vars [ ENTRAIN_CARD ] default "$1/ours" } ".txt" ] }
    formats "S16_LE"
    ppm $2
}
END
}
