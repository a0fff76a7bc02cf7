#!/usr/bin/env bash
# dist.sh ROOT: packs the command with a Java runtime of its own into ROOT/dist. JAVA_HOME is set.
set -eu
root=$1
. "$root/launcher/layout.sh"

"${BASH:-bash}" "$root/launcher/build.sh" "$root"
read -r id <"$root/.windrow-build/current"
build=$root/.windrow-build/$id

version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$root/pom.xml" | head -n 1)
case $(uname -m) in x86_64 | amd64) machine=x64 ;; aarch64 | arm64) machine=arm64 ;; *) machine=$(uname -m) ;; esac
case $(uname -s) in Darwin) system=macos ;; *) system=linux ;; esac
name=windrow-$version-$system-$machine
target=$root/dist/$name
rm -rf "$target"
mkdir -p "$target/bin"
cp -Rp "$build/lib" "$build/native" "$build/harness" "$target/"
cp -p "$root/windrow" "$target/bin/"
cp -p "$root/LICENSE" "$root/README.md" "$root/CHANGELOG.md" "$target/"
mkdir "$target/examples"
for example in "$root"/examples/*/; do
    cp -Rp "${example%/}" "$target/examples/"
    rm -rf "$target/examples/$(basename "$example")/out"
done

# Uncompressed modules: the tarball is compressed as a whole, and a start need not unpack.
modules=$("$JAVA_HOME/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps "$target"/lib/*.jar)
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
    --output "$target/runtime"

# Last, because the cache is bound to the runtime and to the jars with their times.
train "$target" "$target/runtime/bin/java" "$root/examples/01-word-count" >"$root/dist/training.log" 2>&1 ||
    { cat "$root/dist/training.log" >&2; exit 1; }
tar -C "$root/dist" -czf "$root/dist/$name.tar.gz" "$name"
echo "dist/$name.tar.gz: $(($(wc -c <"$root/dist/$name.tar.gz") / 1000000)) MB, modules $modules"
