#!/usr/bin/env bash
# images.sh ROOT: packs server and agent as images into ROOT/dist/images, without any network but
# Maven's. JAVA_HOME, mvn and python are set. The same sources, JDK and Debian give the same bytes.
set -eu
export LC_ALL=C
umask 022
root=$1
here=$root/deploy/images
work=$root/target/images
target=$root/dist/images
. "$root/launcher/layout.sh"

die() {
    printf 'dev: images: %s\n' "$*" >&2
    exit 1
}

authorities=/usr/share/ca-certificates/mozilla
[ "$(uname -s)" = Linux ] && command -v dpkg >/dev/null || die "$(uname -s) (expected: Debian, whose C library goes into the images)"
[ -d "$authorities" ] || die "$authorities: not there (expected: Debian's ca-certificates)"
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$root/pom.xml" | head -n 1)
date=$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)</.*|\1|p' "$root/pom.xml")
case $(uname -m) in x86_64) machine=amd64 ;; aarch64) machine=arm64 ;; *) die "$(uname -m) (expected: x86_64 or aarch64)" ;; esac

rm -rf "$work"
mkdir -p "$work" "$target"
(cd "$root" && "$mvn" -q -B -pl cli,k8s-runner -am -Dwindrow.images -Dwindrow.lint=off -Denforcer.skip=true \
    -Dmaven.test.skip=true -Dwindrow.output=target/use package) >"$work/build.log" 2>&1 ||
    { tail -n 40 "$work/build.log" >&2; die "the build failed (log: $work/build.log)"; }

# own MODULE: its own jar; needs MODULE: the others that it runs with.
own() { printf '%s\n' "$root/$1/target/use/$1-$version.jar"; }
needs() { printf '%s\n' "$root/$1/target/use/image-lib"/*.jar; }

# runtime TO JARS...: a Java runtime with what the jars need. Desktops come with java.beans, which
# some of them use; the desktop itself stays away, and so do the libraries that it would need.
runtime() {
    local to=$1 modules
    shift
    modules=$("$JAVA_HOME/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps "$@")
    # One class of commons-lang3, which nothing here uses.
    case $to in "$work"/agent/*) modules=$(printf '%s\n' "$modules" | sed 's/,java.desktop//') ;; esac
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$to"
    (cd "$to/lib" && rm -f libawt* libfontmanager.so libfreetype.so libjavajpeg.so libjawt.so libjsound.so \
        liblcms.so libmlib_image.so libsplashscreen.so)
    cp "$work/cacerts" "$to/lib/security/cacerts.new"
    mv "$to/lib/security/cacerts.new" "$to/lib/security/cacerts"
    # The classes of every start, ready to be mapped.
    "$to/bin/java" -Xshare:dump -XX:+UseSerialGC -Xlog:disable -Xlog:all=error:stderr
    echo "$modules"
}

# base TO: what any program needs of a system: C library, users, time, names of hosts, authorities.
base() {
    local to=$1 file
    mkdir -p "$to/etc/ssl/certs" "$to/tmp" "$to/var/lib/windrow" "$to/usr/lib/locale" "$to/usr/share/doc"
    find "$to" -type f \( -name '*.so' -o -path '*/bin/*' \) -exec ldd {} + 2>/dev/null |
        sed -n 's|.*=> \(/[^ ]*\) (.*|\1|p; s|^[[:space:]]*\(/[^ ]*\) (.*|\1|p' |
        grep -v "^$to/" | sort -u >"$work/libraries"
    while read -r file; do
        mkdir -p "$to${file%/*}"
        cp -L "$file" "$to$file"
    done <"$work/libraries"
    cp -RL /usr/lib/locale/C.utf8 "$to/usr/lib/locale/"
    for file in libc6 ca-certificates; do
        mkdir -p "$to/usr/share/doc/$file"
        cp -L "/usr/share/doc/$file/copyright" "$to/usr/share/doc/$file/"
    done
    printf 'root:x:0:0:root:/:/nologin\nwindrow:x:10001:10001:Windrow:/var/lib/windrow:/nologin\n' >"$to/etc/passwd"
    printf 'root:x:0:\nwindrow:x:10001:\n' >"$to/etc/group"
    printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$to/etc/nsswitch.conf"
    # Debian's own list, and not what has been added on this machine.
    cat "$authorities"/*.crt >"$to/etc/ssl/certs/ca-certificates.crt"
}

# lay_out NAME JARS...: the base of an image, and the jars of the product.
lay_out() {
    local name=$1 place
    shift
    place=$work/$name/product/opt/windrow
    mkdir -p "$place/lib" "$work/$name/base/opt/windrow"
    cp "$@" "$place/lib/"
    cp "$root/LICENSE" "$place/"
    modules=$(runtime "$work/$name/base/opt/windrow/runtime" "$place"/lib/*.jar)
    mkdir -p "$work/$name/base/usr/share/doc/openjdk"
    # Not into every pod.
    cp -RL "$work/$name/base/opt/windrow/runtime/legal/." "$work/$name/base/usr/share/doc/openjdk/"
    rm -rf "$work/$name/base/opt/windrow/runtime/legal"
}

# pack NAME TITLE DESCRIPTION OPTIONS...: the tar file, by Jib.
pack() {
    local name=$1 title=$2 description=$3 tar=$target/windrow-$1-$version.tar
    shift 3
    # The packer insists on classes of its own.
    mkdir -p "$work/$name/build/classes"
    "$mvn" -q -B -f "$here/pom.xml" "-Dimage.name=$name" "-Dimage.version=$version" "-Dimage.title=$title" \
        "-Dimage.description=$description" "-Dimage.machine=$machine" "-Dimage.root=$work/$name" \
        "-Dimage.tar=$tar" "-Dimage.date=$date" "-Djib.baseImageCache=$work/cache" \
        "-Djib.applicationCache=$work/cache" "-Djib.disableUpdateChecks=true" -Djib.console=plain \
        "$@" jib:buildTar >"$work/$name.log" 2>&1 ||
        { tail -n 40 "$work/$name.log" >&2; die "windrow/$name: not packed (log: $work/$name.log)"; }
    echo "dist/images/windrow-$name-$version.tar: windrow/$name:$version, $(($(wc -c <"$tar") / 1000000)) MB packed," \
        "$(($(du -sb "$work/$name/base" "$work/$name/product" | awk '{sum += $1} END {print sum}') / 1000000)) MB laid out, modules $modules"
}

"$JAVA_HOME/bin/java" "$here/Authorities.java" "$authorities" "$work/cacerts"

# Split on purpose, here and below: lists of files without blanks in their names.
# shellcheck disable=SC2046
lay_out agent $(own worker) $(needs worker)
place=$work/agent/product/opt/windrow
make_harness "$root" "$place/harness"
cp "$here/agent.options" "$place/"
base "$work/agent/base"
rmdir "$work/agent/base/var/lib/windrow"
pack agent 'Windrow agent' 'Copies the agent of Windrow into a folder of a pod, for the image of the user.' \
    '-Djib.container.entrypoint=/opt/windrow/runtime/bin/java,-Xmx32m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1,-cp,/opt/windrow/lib/*,dev.windrow.worker.pod.InstallMain,/opt/windrow'

# shellcheck disable=SC2046
lay_out server $(printf '%s\n' $(own cli) $(own k8s-runner) $(needs cli) $(needs k8s-runner) | awk -F/ '!seen[$NF]++')
place=$work/server/product/opt/windrow
cp "$here/server.options" "$place/"
(mkdir "$place/native" && cd "$place/native" && "$JAVA_HOME/bin/jar" xf "$place"/lib/sqlite-jdbc-*.jar "$(native_folder)" &&
    mv "$(native_folder)"/* . && rm -rf org)
# For the search of its libraries only.
cp -R "$place/native" "$work/server/base/native"
base "$work/server/base"
rm -rf "$work/server/base/native"
pack server 'Windrow server' 'Serves parallel jobs; runs them in pods of attached namespaces.' \
    '-Djib.container.entrypoint=/opt/windrow/runtime/bin/java,@/opt/windrow/server.options,dev.windrow.cli.Main' \
    -Djib.container.args=server -Djib.container.volumes=/var/lib/windrow

cat <<TEXT

To a node:        ctr -n k8s.io images import dist/images/windrow-agent-$version.tar
To Docker:        docker load -i dist/images/windrow-agent-$version.tar
To kind:          kind load image-archive dist/images/windrow-agent-$version.tar
To ./dev cluster: ./dev cluster load dist/images/*.tar
To a registry:    crane push dist/images/windrow-agent-$version.tar REGISTRY/windrow/agent:$version
              or  skopeo copy docker-archive:dist/images/windrow-agent-$version.tar docker://REGISTRY/windrow/agent:$version
              or  docker load, docker tag windrow/agent:$version REGISTRY/…, docker push
The same for windrow-server-$version.tar.
TEXT
