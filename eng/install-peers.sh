#!/bin/sh
# Installs the DICOM software that tests/Interop.Tests talks to: DCMTK's tools and Orthanc (Debian, Ubuntu), and dcmjs-dimse with
# the Node.js that runs it; and what tests/Archive.Tests and tests/StorageCommitment.Tests need: PostgreSQL, strace, Chromium,
# HAProxy, faketime, and npm's s3rver. Safe to run again: what is there is left alone, and nothing is asked. Needs root, or sudo without a password, where
# a package is missing.
set -eu

# dcmjs-dimse, axe-core and s3rver are packages of npm's, kept beside the tests that use them, in the versions of the lock files.
tests=$(cd "$(dirname "$0")/../tests" && pwd)
install_scripts() {
    install_package "$tests/Interop.Tests/Dcmjs" dcmjs-dimse
    install_package "$tests/Interop.Tests/Axe" axe-core
    install_package "$tests/Archive.Tests/ObjectStore" s3rver
}
install_package() {
    scripts=$1
    package=$2
    if cmp -s "$scripts/package-lock.json" "$scripts/node_modules/.installed-lock.json"; then
        echo "install-peers: $package is here already"
        return
    fi
    echo "install-peers: installing $package"
    if ! (cd "$scripts" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error); then
        echo "install-peers: $package could not be installed; run 'npm ci --ignore-scripts' in $scripts where npm's registry can be reached" >&2
        exit 1
    fi
    cp "$scripts/package-lock.json" "$scripts/node_modules/.installed-lock.json"
}

missing=""
for tool in echoscu storescu storescp findscu movescu getscu dcmqrscp wlmscpfs dcmsend dump2dcm dcmdump dcmftest dcmcjpeg dcmcjpls dcmcrle pdf2dcm; do
    command -v "$tool" >/dev/null 2>&1 || missing="dcmtk"
done
command -v Orthanc >/dev/null 2>&1 || [ -x /usr/sbin/Orthanc ] || missing="$missing orthanc"
# Debian keeps the server's programs by version, and out of PATH.
command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
# Other packages of Node.js than Debian's bring npm along.
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
command -v strace >/dev/null 2>&1 || missing="$missing strace"
command -v haproxy >/dev/null 2>&1 || [ -x /usr/sbin/haproxy ] || missing="$missing haproxy"
command -v faketime >/dev/null 2>&1 || missing="$missing faketime"
# pdftotext reads what Chromium prints.
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
# xmllint holds a statement's DocBook against the schema.
command -v xmllint >/dev/null 2>&1 || missing="$missing libxml2-utils"
[ -f /usr/share/xml/docbook/schema/rng/5.0/docbook.rng ] || missing="$missing docbook5-xml"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
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

# What this has not installed may be somebody's own server.
for service in orthanc postgresql haproxy; do
    case "$missing" in
    *$service*)
        if command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]; then
            as_root systemctl disable --now "$service.service" >/dev/null 2>&1 || true
        elif [ -x "/etc/init.d/$service" ] && command -v update-rc.d >/dev/null 2>&1; then
            as_root update-rc.d "$service" disable >/dev/null 2>&1 || true
        fi
        ;;
    esac
done
install_scripts
echo "install-peers: done"
