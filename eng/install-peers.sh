#!/bin/sh
# Installs the DICOM software that tests/Interop.Tests talks to: DCMTK's tools and Orthanc (Debian, Ubuntu).
# Safe to run again: what is there is left alone, and nothing is asked. Needs root, or sudo without a password.
set -eu

missing=""
for tool in echoscu storescu storescp dcmsend dump2dcm dcmdump dcmftest dcmcjpeg dcmcjpls dcmcrle pdf2dcm; do
    command -v "$tool" >/dev/null 2>&1 || missing="dcmtk"
done
command -v Orthanc >/dev/null 2>&1 || [ -x /usr/sbin/Orthanc ] || missing="$missing orthanc"
if [ -z "$missing" ]; then
    echo "install-peers: dcmtk and orthanc are here already"
    exit 0
fi

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
if ! command -v apt-get >/dev/null 2>&1; then
    echo "install-peers: no apt-get here; install$missing by hand" >&2
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

as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of package names
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing

if command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]; then
    as_root systemctl disable --now orthanc.service >/dev/null 2>&1 || true
elif [ -x /etc/init.d/orthanc ] && command -v update-rc.d >/dev/null 2>&1; then
    as_root update-rc.d orthanc disable >/dev/null 2>&1 || true
fi
echo "install-peers: done"
