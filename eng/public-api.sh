#!/bin/sh
# Writes what the libraries offer, and PublicAPI.Shipped.txt does not have, to PublicAPI.Unshipped.txt beside each of them; takes as long as building them.
# Without arguments for every library that has such a file, else for the project folders that are named: sh eng/public-api.sh src/Runtime
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- $(ls src/*/PublicAPI.Unshipped.txt | xargs -n 1 dirname)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DOTNET_CLI_UI_LANGUAGE=en

for folder in "$@"; do
    file=$folder/PublicAPI.Unshipped.txt
    echo '#nullable enable' >"$file"
    if ! dotnet build "$folder" -v quiet -m:1 -nodeReuse:false -p:TreatWarningsAsErrors=false "-p:WarningsAsErrors=" >"$log" 2>&1; then
        cat "$log"
        exit 1
    fi
    # The analyzer names each member that is in neither file, in the files' own words. Projects that this one references are in the log as well.
    members() { grep "/$folder/[^/]*\.csproj\]" "$log" | sed -n "s/^.* $1: Symbol '\(.*\)' is $2.*$/$3\1/p" | LC_ALL=C sort -u; }
    members RS0016 'not part of the declared public API' '' >>"$file"
    # What was taken away since the last release is on record as well.
    members RS0017 'part of the declared API, but' '*REMOVED*' >>"$file"
    echo "$file: $(($(wc -l <"$file") - 1)) members that are not released yet"
done
