# Lays out what the windrow command runs from. Sourced; defines functions only.
#
#   lib/             jars, in the order of their names, and windrow.start (how java is called)
#   native/          SQLite's library for this machine, so that it is not unpacked at each start
#   harness/         the Python harness with its byte code
#   windrow.aot      classes as a real job left them; bound to the JDK, the jars and their times

# The folder inside SQLite's jar that holds the library for this machine.
native_folder() {
    local system=Linux machine
    machine=$(uname -m)
    case $machine in
        arm64) machine=aarch64 ;;
        amd64) machine=x86_64 ;;
    esac
    case $(uname -s) in
        Darwin) system=Mac ;;
        Linux) [ -z "$(ls /lib/ld-musl-* 2>/dev/null)" ] || system=Linux-Musl ;;
    esac
    printf '%s\n' "org/sqlite/native/$system/$machine"
}

# make_harness ROOT TARGET: copies the Python harness.
make_harness() {
    local root=$1 target=$2 name
    while read -r name; do
        mkdir -p "$target/$(dirname "$name")"
        cp "$root/worker/src/main/resources/harness/$name" "$target/$name" || return 1
    done <"$root/worker/src/main/resources/harness/files.txt"
}

# make_layout ROOT TARGET JDK PYTHON CLI_TARGET: copies everything but the AOT cache.
make_layout() {
    local root=$1 target=$2 jdk=$3 python=$4 cli=$5 native
    mkdir -p "$target/lib" "$target/native" "$target/harness" || return 1
    cp -p "$cli"/cli-*.jar "$cli"/lib/*.jar "$target/lib/" || return 1
    make_harness "$root" "$target/harness" || return 1
    # Without a check against the source: nothing here ever changes.
    "$python" -m compileall -q --invalidation-mode unchecked-hash "$target/harness" || return 1
    native=$(native_folder)
    (cd "$target/native" && "$jdk/bin/jar" xf "$target"/lib/sqlite-jdbc-*.jar "$native" &&
        mv "$native"/* . && rm -rf org) || rm -rf "$target/native/org"
    write_start "$target"
}

# The start of java as a shell function; made once so that a start computes nothing. Needs java and
# WINDROW_BUILD; windrow_cache says what becomes of the AOT cache.
write_start() {
    local jar path='' server=''
    for jar in "$1"/lib/*.jar; do
        case ${jar##*/} in
            api-server-* | k8s-runner-* | commons-* | jackson-core-2.* | jackson-databind-2.* | jackson-dataformat-* | jackson-datatype-* | kubernetes-* | snakeyaml-2.* | zjsonpatch-* | netty-* | nimbus-* | vertx-* | micrometer-* | prometheus-* | HdrHistogram-*)
                server=$server:'$WINDROW_BUILD/lib/'${jar##*/}
                ;;
            *) path=$path:'$WINDROW_BUILD/lib/'${jar##*/} ;;
        esac
    done
    cat >"$1/lib/windrow.start" <<START
# A cache that does not fit is passed over in silence. Serial collector and first compiler only: a
# job is short for a JVM, and the cores belong to the workers.
windrow_start() {
    # Where no locale is set, as under cron and in many images, Java takes file names for ASCII.
    # This is what Python does then; its processes would have it anyway.
    if [ -z "\${LC_ALL:-}\${LC_CTYPE:-}\${LANG:-}" ]; then
        for place in /usr/lib/locale/C.utf8 /usr/lib/locale/C.UTF-8 /lib/ld-musl-*; do
            if [ -e "\$place" ]; then
                export LC_CTYPE=C.UTF-8
                break
            fi
        done
    fi
    # A run looks for providers in each jar there is; the many that only a server or an agent of one
    # needs come last, since a cache fits no other order.
    classes="${path#:}"
    case \${1:-} in server | agent) classes="\$classes$server" ;; esac
    exec "\$java" \\
        "-XX:\${windrow_cache:-AOTCache}=\$WINDROW_BUILD/windrow.aot" \\
        -Xlog:disable -Xlog:all=error:stderr '-Xlog:aot*=off:stderr' '-Xlog:cds*=off:stderr' \\
        -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
        --enable-native-access=ALL-UNNAMED \\
        "-Dorg.sqlite.lib.path=\$WINDROW_BUILD/native" \\
        "-Dwindrow.harness=\$WINDROW_BUILD/harness" \\
        "-Dwindrow.agent.options=-XX:AOTCache=\$WINDROW_BUILD/windrow.aot
-Xlog:aot*=off:stderr
-Xlog:cds*=off:stderr" \\
        -cp "\$classes" \\
        \${WINDROW_JAVA_OPTIONS:-} dev.windrow.cli.Main "\$@"
}
START
}

# train LAYOUT JAVA EXAMPLE: runs a copy of the example and keeps the classes it left. A command
# without the cache is slower and nothing else.
train() {
    local WINDROW_BUILD=$1 java=$2 example=$3 scratch windrow_cache=AOTCacheOutput
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/windrow-training.XXXXXX") || return 1
    cp -R "$example" "$scratch/example"
    . "$WINDROW_BUILD/lib/windrow.start"
    (
        export WINDROW_HOME=$scratch/home
        unset WINDROW_JAVA_OPTIONS
        windrow_start run "$scratch/example/job.yml" </dev/null
    )
    rm -rf "$scratch" "$WINDROW_BUILD/windrow.aot.config"
    [ -s "$WINDROW_BUILD/windrow.aot" ]
}
