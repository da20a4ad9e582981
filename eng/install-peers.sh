#!/bin/sh
# Installs the software that tests/Interop.Tests needs: DCMTK's tools, Orthanc and Chromium (Debian, Ubuntu), and dcmjs-dimse and
# axe-core with the Node.js that runs the former. Safe to run again: what is there is left alone, and nothing is asked. Needs root, or sudo without a
# password, where a package is missing.
set -eu

# dcmjs-dimse is a package of npm's, kept beside the scripts that use it, in the versions of the lock file; so is axe-core, which
# checks the page of a conformance statement in Chromium.
tests=$(cd "$(dirname "$0")/../tests/Interop.Tests" && pwd)
install_scripts() {
    install_package Dcmjs dcmjs-dimse
    install_package Axe axe-core
}
install_package() {
    scripts="$tests/$1"
    if cmp -s "$scripts/package-lock.json" "$scripts/node_modules/.installed-lock.json"; then
        echo "install-peers: $2 is here already"
        return
    fi
    echo "install-peers: installing $2"
    if ! (cd "$scripts" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error); then
        echo "install-peers: $2 could not be installed; run 'npm ci --ignore-scripts' in $scripts where npm's registry can be reached" >&2
        exit 1
    fi
    cp "$scripts/package-lock.json" "$scripts/node_modules/.installed-lock.json"
}

missing=""
for tool in echoscu storescu storescp findscu movescu getscu dcmqrscp wlmscpfs dcmsend dump2dcm dcmdump dcmftest dcmcjpeg dcmcjpls dcmcrle pdf2dcm; do
    command -v "$tool" >/dev/null 2>&1 || missing="dcmtk"
done
command -v Orthanc >/dev/null 2>&1 || [ -x /usr/sbin/Orthanc ] || missing="$missing orthanc"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
# Other packages of Node.js than Debian's bring npm along.
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
if [ -z "$missing" ]; then
    echo "install-peers: the packages are here already"
    install_scripts
    exit 0
fi

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
if ! command -v apt-get >/dev/null 2>&1; then
    echo "install-peers: no apt-get here; install $missing by hand, and run this again" >&2
    exit 1
fi

echo "install-peers: installing $missing"
# Debian's orthanc package would start a server of its own on ports 4242 and 8042. The tests start theirs with their own
# configuration, so the packaged one is kept from starting while the package is set up, and afterwards.
policy=/usr/sbin/policy-rc.d
made_policy=no
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
    made_policy=yes
fi
remove_policy() {
    if [ "$made_policy" = yes ]; then as_root rm -f "$policy"; fi
}
trap remove_policy EXIT INT TERM

# shellcheck disable=SC2086 # a list of package names
if ! { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; }; then
    echo "install-peers: apt-get could not install $missing; install them by hand, and run this again" >&2
    exit 1
fi

if command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]; then
    as_root systemctl disable --now orthanc.service >/dev/null 2>&1 || true
elif [ -x /etc/init.d/orthanc ] && command -v update-rc.d >/dev/null 2>&1; then
    as_root update-rc.d orthanc disable >/dev/null 2>&1 || true
fi
install_scripts
echo "install-peers: done"
