#!/bin/sh
# Fuzzes the event reader with libFuzzer and the address sanitizer.
#
#   Fuzz/run.sh                 100,000 inputs, and then for ten minutes (FUZZ_SECONDS=600)
#   Fuzz/run.sh -runs=0 FILE    only the given input, such as a crash that was found
#
# What was learnt stays in .build/fuzz/corpus; inputs that fail are left in .build/fuzz as crash-*, timeout-* or oom-*.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/.build/fuzz
support=$root/Tests/EventLogTests/Support
mkdir -p "$build/corpus" "$build/seeds"

flags="-O -wmo -parse-as-library -swift-version 6 -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature ExistentialAny
  -I $build $(pkg-config --cflags-only-I libxml-2.0 | sed 's/-I/-Xcc -I/g')"
for module in CByteSearch CLibCrypto CLibXML2 CZlib; do flags="$flags -I $root/Sources/$module"; done
sanitizers="-sanitize=fuzzer,address"

cd "$build"
# shellcheck disable=SC2086
{
  find "$root/Sources/EventLog" -name '*.swift' -exec \
    swiftc $flags $sanitizers -module-name EventLog -emit-module -emit-object -o EventLog.o {} +
  swiftc $flags $sanitizers -module-name Fuzz -o fuzz "$root/Fuzz/ReaderFuzzer.swift" \
    "$support/FieldComparison.swift" EventLog.o \
    -lxml2 -lz -lcrypto
  swiftc -parse-as-library -module-name WriteSeeds -o write-seeds "$root/Fuzz/WriteSeeds.swift" \
    "$support"/*Shape*.swift "$support"/*Fixture.swift "$support/SampleEvents.swift" "$support/TextForm.swift"
}
./write-seeds seeds
find "$root/Samples" -name '*.xml*' -size -64k -exec cp {} seeds/ \; 2>/dev/null || true

# Swift's own backtraces would hide the input from libFuzzer.
export SWIFT_BACKTRACE=enable=no
fuzz() {
  ./fuzz -dict="$root/Fuzz/events.dict" -max_len=4096 -timeout=20 -rss_limit_mb=1024 -print_final_stats=1 \
    "$@" corpus seeds
}
if [ $# -gt 0 ]; then
  fuzz "$@"
else
  fuzz -runs=100000
  fuzz -max_total_time="${FUZZ_SECONDS:-600}"
fi
