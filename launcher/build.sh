#!/usr/bin/env bash
# build.sh ROOT: builds the windrow command below ROOT/.windrow-build and makes it the current one.
# A build has a folder of its own, so that commands that run already keep theirs.
set -u
root=$1
builds=$root/.windrow-build
log=$builds/build.log
. "$root/launcher/find.sh"
. "$root/launcher/layout.sh"

say() { printf '%s\n' "$*" >&2; }

missing=() names=()
jdk=$(find_jdk) || { missing+=(jdk) names+=("JDK 25"); }
export JAVA_HOME=${jdk:-${JAVA_HOME:-}}
mvn=$(find_maven) || { missing+=(maven) names+=("Maven 3.8.7 or newer"); }
python=$(find_python) || { missing+=(python) names+=("Python 3.8 or newer"); }
if [ ${#missing[@]} -gt 0 ]; then
    list=$(printf ', %s' "${names[@]}")
    say "windrow: missing: ${list#, }; install with: $(install_command "${missing[@]}")"
    exit 1
fi

is_fresh() {
    local id=''
    [ -f "$builds/current" ] && read -r id <"$builds/current" && [ -x "$(cat "$builds/$id/jdk")/bin/java" ] &&
        [ -z "$(newer_than "$builds/$id/stamp")" ]
}

# The same question as in ./windrow.
newer_than() {
    find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main "$root"/launcher/*.sh \
        -name __pycache__ -prune -o -newer "$1" -print | head -n 1
}

# One builder at a time. The lock is on the descriptor of this process and ends with it.
mkdir -p "$builds" || exit 1
exec 9>"$builds/lock"
if ! "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null; then
    say "windrow: waiting for another process that builds"
    "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)' || exit 1
fi
is_fresh 2>/dev/null && exit 0

id=$(date +%Y%m%d-%H%M%S)-$$
target=$builds/$id
mkdir -p "$target" && : >"$target/stamp" || exit 1
# Sources that bear a date in the future count as built.
while future=$(newer_than "$target/stamp") && [ -n "$future" ]; do
    touch -r "$future" "$target/stamp"
done

build() {
    cd "$root" || return 1
    # Maven copies what there is and leaves what is gone, such as a provider of an older state.
    rm -rf "$root"/*/target/use/classes/META-INF/services
    # Apart from the folders of a developer's own build, so that neither undoes the other's work.
    "$mvn" -B -pl cli -am -Dwindrow.lint=off -Denforcer.skip=true -Dmaven.test.skip=true -Dwindrow.output=target/use package ||
        return 1
    make_layout "$root" "$target" "$jdk" "$python" "$root/cli/target/use" || return 1
    printf '%s\n' "$jdk" >"$target/jdk"
    train "$target" "$jdk/bin/java" "$root/examples/01-word-count" ||
        echo "The AOT cache could not be made; the command starts slower without it."
    return 0
}

# A line that counts the seconds on a terminal; one plain line elsewhere.
begin=$SECONDS
set -m # A process group of its own, so that an interrupt ends Maven too.
build >"$log" 2>&1 </dev/null &
builder=$!
set +m
trap 'kill -- "-$builder" 2>/dev/null; rm -rf "$target"; exit 130' INT TERM
if [ -t 2 ]; then
    while kill -0 "$builder" 2>/dev/null; do
        printf '\rBuilding Windrow, once after each change of its sources … %d s ' $((SECONDS - begin)) >&2
        sleep 0.5 2>/dev/null || sleep 1
    done
else
    say "Building Windrow, once after each change of its sources (log: $log)"
fi
if ! wait "$builder"; then
    [ ! -t 2 ] || say ''
    causes=$(sed -n 's/^\[ERROR\] *//p' "$log" | sed '/-> \[Help 1\]/,$d' | awk 'NF && !seen[$0]++' | head -n 15)
    if [ -n "$causes" ]; then say "$causes"; else tail -n 20 "$log" >&2; fi
    say "windrow: the build failed after $((SECONDS - begin)) s; the whole log: $log"
    rm -rf "$target"
    exit 1
fi
[ ! -t 2 ] || printf '\rBuilt Windrow in %d s.%40s\n' $((SECONDS - begin)) '' >&2

previous=''
[ ! -f "$builds/current" ] || read -r previous <"$builds/current"
printf '%s\n' "$id" >"$builds/current.new" && mv "$builds/current.new" "$builds/current" || exit 1

# Older builds go, except those that a process still runs from.
running=$(ps -A -ww -o args= 2>/dev/null) || exit 0
for old in "$builds"/*/; do
    old=${old%/}
    case ${old##*/} in
        "$id" | "$previous") continue ;;
    esac
    case $running in
        *"$old/lib/"*) ;;
        *) rm -rf "$old" ;;
    esac
done
