#!/usr/bin/env bash
# Builds whisper.cpp for the processor it runs on: build-whisper.sh SOURCE VERSION OUTPUT
# The result is stamped with the processor's features and the source's version, because a library that was built for another
# processor ends in an illegal instruction, and it is built again when either changes.
set -euo pipefail
source=$1 version=$2 output=$3

mkdir -p "$output"
exec 9> "$output.lock"
flock 9

features=$(grep -m1 '^flags' /proc/cpuinfo | tr ' ' '\n' | sort | sha256sum | cut -c1-16)
wanted="whisper.cpp of nodejs-whisper $version, processor features $features, recipe $(sha256sum < "$0" | cut -c1-16)"
if [ -f "$output/built-for.txt" ] && [ "$(cat "$output/built-for.txt")" = "$wanted" ]; then
    exit 0
fi

for tool in cmake c++; do
    if ! command -v "$tool" > /dev/null; then
        echo "$tool was not found, and Whisper is built from source on this machine because the package feed has no Whisper.net. Install cmake and a C++ compiler (Debian, Ubuntu: apt install cmake g++) and build again, or build with -p:Feed=nuget where the feed has the packages." >&2
        exit 1
    fi
done

echo "Building whisper.cpp for this processor (takes about a minute, once) ..."
work="$output.build"
rm -rf "$work"
if ! { cmake -S "$source" -B "$work" -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON -DWHISPER_BUILD_TESTS=OFF -DWHISPER_BUILD_EXAMPLES=OFF \
        -DCMAKE_INSTALL_RPATH='$ORIGIN' -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON &&
       cmake --build "$work" --target whisper --parallel "$(nproc)"; } > "$output.log" 2>&1; then
    tail -n 20 "$output.log" >&2
    echo "whisper.cpp could not be built; the whole output is in $output.log. Check that cmake 3.14 or later and a C++17 compiler are installed." >&2
    exit 1
fi

rm -f "$output"/*.so*
for library in libwhisper.so.1 libggml.so.0 libggml-base.so.0 libggml-cpu.so.0; do
    cp -L "$work/bin/$library" "$output/$library"
done
cp "$source/LICENSE" "$output/LICENSE"
rm -rf "$work"
echo "$wanted" > "$output/built-for.txt"
