# Looks for what Windrow needs on this machine. Sourced; defines functions only.

# Prints the release of the JDK in a folder, such as 25; fails when there is none.
jdk_release() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
    local line
    if [ -f "$1/release" ]; then
        while read -r line; do
            case $line in
                JAVA_VERSION=*)
                    line=${line#*\"}
                    line=${line%%\"*}
                    printf '%s\n' "${line%%[.+-]*}"
                    return 0
                    ;;
            esac
        done <"$1/release"
    fi
    "$1/bin/java" -XshowSettings:properties -version 2>&1 |
        sed -n 's/^ *java.specification.version = //p'
}

# Follows symbolic links to the end.
real_path() {
    local path=$1 target
    while [ -L "$path" ]; do
        target=$(readlink "$path")
        case $target in
            /*) path=$target ;;
            *) path=${path%/*}/$target ;;
        esac
    done
    printf '%s\n' "$path"
}

# Prints the home of a JDK 25, or fails.
find_jdk() {
    local home on_path
    on_path=$(command -v javac || true)
    if [ -n "$on_path" ]; then
        on_path=$(real_path "$on_path")
        on_path=${on_path%/bin/javac}
    fi
    for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
        "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/*; do
        if [ -n "$home" ] && [ "$(jdk_release "$home")" = 25 ]; then
            printf '%s\n' "$home"
            return 0
        fi
    done
    return 1
}

# Prints the path of Maven 3.8.7 or newer, or fails. JAVA_HOME must be set.
find_maven() {
    local mvn version
    mvn=$(command -v mvn) || return 1
    version=$("$mvn" -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
    at_least "$version" 3 8 7 && printf '%s\n' "$mvn"
}

# at_least VERSION MAJOR MINOR PATCH
at_least() {
    local IFS=. a b c
    read -r a b c <<<"$1"
    a=${a:-0} b=${b:-0} c=${c:-0}
    [ "$a" -gt "$2" ] || { [ "$a" -eq "$2" ] && { [ "$b" -gt "$3" ] ||
        { [ "$b" -eq "$3" ] && [ "$c" -ge "$4" ]; }; }; }
}

# Prints the path of a Python of at least 3.8, or fails.
find_python() {
    local python
    for python in "${WINDROW_PYTHON:-}" "${VIRTUAL_ENV:+$VIRTUAL_ENV/bin/python}" \
        "${CONDA_PREFIX:+$CONDA_PREFIX/bin/python}" python3 python; do
        [ -n "$python" ] || continue
        python=$(command -v "$python") || continue
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then
            printf '%s\n' "$python"
            return 0
        fi
    done
    return 1
}

# Prints the path of a Go that Kubernetes builds with, or fails.
find_go() {
    local go version
    go=$(command -v go) || return 1
    version=$("$go" env GOVERSION 2>/dev/null)
    version=${version#go}
    at_least "${version%%[a-z]*}" 1 24 0 && printf '%s\n' "$go"
}

# True when everything is there that containers and a cluster's own certificates are made with.
has_cluster_tools() {
    local tool
    for tool in containerd ctr runc iptables conntrack debootstrap openssl gcc ip kubectl; do
        command -v "$tool" >/dev/null || return 1
    done
    [ -x /usr/lib/cni/bridge ]
}

# True when everything is there that containers are made with.
has_docker_tools() {
    local tool
    for tool in docker dockerd containerd runc iptables debootstrap ip; do
        command -v "$tool" >/dev/null || return 1
    done
}

# Prints the program that installs packages here, or fails.
package_tool() {
    local tool
    for tool in apt-get dnf apk zypper brew; do
        command -v "$tool" >/dev/null && printf '%s\n' "$tool" && return 0
    done
    return 1
}

# Prints the packages of this system for the parts named: jdk, maven, python, venv, cluster, docker.
packages_for() {
    local part
    for part in "$@"; do
        case $(package_tool):$part in
            apt-get:jdk) debian_jdk ;;
            dnf:jdk | zypper:jdk) echo java-25-openjdk-devel ;;
            apk:jdk) echo openjdk25-jdk ;;
            brew:jdk) echo openjdk@25 ;;
            brew:python | brew:venv) echo python ;;
            apt-get:venv) echo python3-venv ;;
            apt-get:cluster)
                printf '%s\n' containerd runc containernetworking-plugins iptables conntrack \
                    debootstrap openssl gcc libc6-dev iproute2
                command -v kubectl >/dev/null || echo kubernetes-client
                ;;
            apt-get:docker)
                printf '%s\n' docker.io containerd runc iptables debootstrap iproute2
                # Of later releases the command is a package of its own.
                apt-cache search --names-only '^docker-cli$' 2>/dev/null | sed 's/ .*//'
                ;;
            *:cluster | *:docker) ;;
            *:venv) echo python3 ;;
            *:python) echo python3 ;;
            *:maven) echo maven ;;
        esac
    done
}

# The name of a JDK 25 that apt knows here, else the one of Adoptium's own archive.
debian_jdk() {
    if [ -n "$(apt-cache search --names-only '^openjdk-25-jdk-headless$' 2>/dev/null)" ]; then
        echo openjdk-25-jdk-headless
    else
        echo temurin-25-jdk
    fi
}

# True when the JDK must come from an archive that apt does not know yet.
needs_adoptium() {
    [ "$(package_tool)" = apt-get ] && [ "$(debian_jdk)" = temurin-25-jdk ] &&
        [ -z "$(apt-cache search --names-only '^temurin-25-jdk$' 2>/dev/null)" ]
}

# Prints one command that installs the parts named: jdk, maven, python.
install_command() {
    local tool sudo='' packages
    packages=$(packages_for "$@" | tr '\n' ' ')
    packages=${packages% }
    [ "$(id -u)" = 0 ] || sudo='sudo '
    tool=$(package_tool) || tool=none
    case " $* " in
        *' jdk '*)
            if needs_adoptium; then
                printf '%s' "curl -fsSL https://packages.adoptium.net/artifactory/api/gpg/key/public | \
${sudo}tee /etc/apt/trusted.gpg.d/adoptium.asc >/dev/null && echo deb \
https://packages.adoptium.net/artifactory/deb \
\$(. /etc/os-release; echo \$VERSION_CODENAME) main | ${sudo}tee /etc/apt/sources.list.d/adoptium.list \
&& ${sudo}apt-get update && "
            fi
            ;;
    esac
    case $tool in
        apk) echo "${sudo}apk add $packages" ;;
        brew) echo "brew install $packages" ;;
        none) echo "see https://adoptium.net, https://maven.apache.org and https://www.python.org" ;;
        *) echo "${sudo}$tool install -y $packages" ;;
    esac
}
