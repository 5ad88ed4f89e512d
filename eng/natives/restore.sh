#!/bin/sh
# Puts the packages of package-lock.json under $1 and writes $2 into its stamp. Several projects may ask at the same time: one works, the others wait.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$1
hash=$2

if ! command -v npm >/dev/null 2>&1; then
    echo "npm was not found, and the native parts of the stand-ins (llama.cpp, whisper.cpp, the Aspire dashboard) come from the npm registry. Install Node.js 20 or newer, or build with -p:Feed=nuget where the package feed has Aspire, Whisper.net and LLamaSharp." >&2
    exit 2
fi
if [ "$(uname -s)-$(uname -m)" != "Linux-x86_64" ]; then
    echo "The stand-ins run on Linux x64 only, and this is $(uname -s) $(uname -m). Build with -p:Feed=nuget on a machine whose package feed has Aspire, Whisper.net and LLamaSharp." >&2
    exit 3
fi

mkdir -p "$root"
exec 9>"$root/.lock"
flock 9
if [ "$(cat "$root/.stamp" 2>/dev/null)" = "$hash" ]; then
    exit 0
fi

echo "Fetching native parts with npm (llama.cpp, whisper.cpp sources, the Aspire dashboard); this takes about a minute, once ..."
rm -f "$root/.stamp"
cp "$here/package.json" "$here/package-lock.json" "$root/"
cd "$root"
# No package's own scripts run: only the files are wanted.
if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$root/npm.log" 2>&1; then
    cat "$root/npm.log" >&2
    echo "npm ci failed (its words are above, and in $root/npm.log). Check that the npm registry can be reached ('npm ping'), then build again." >&2
    exit 4
fi
echo "$hash" >"$root/.stamp"
