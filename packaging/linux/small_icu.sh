#!/usr/bin/env bash
# Puts a small libicudata in the place of Qt's: without the names of all locales' things and without
# old encodings it has 5 MB instead of 31. Sorting and the rules for text stay, and what the kept
# locales need.   small_icu.sh FOLDER_OF_QT_LIBRARIES   (icu-devtools, gcc, binutils)
set -euo pipefail
PATH=$PATH:/usr/sbin
library=$(ls "$1"/libicudata.so.??)
version=${library##*.}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
data=icudt${version}l.dat   # icupkg puts this name before its items, so it must stay

# the data begin at a symbol of the library and run to the end of its read-only section
symbol=$(readelf -sW "$library" | awk -v name="icudt${version}_dat" '$8 == name {print $2; exit}')
section=$(readelf -SW "$library" | sed 's/\[ *//' | awk '$2 == ".rodata" {print $4; exit}')
objcopy -O binary -j .rodata "$library" "$work/section"
tail -c "+$((16#$symbol - 16#$section + 1))" "$work/section" > "$work/$data"

icupkg -l "$work/$data" > "$work/items"
{
    # rules for characters, text and sorting
    echo '[a-z0-9]*\.(icu|nrm)'
    echo 'coll/(root|en|en_US|en_US_POSIX|res_index|[a-y][a-z]|sr_Latn)\.res'
    echo 'coll/ucadata\.icu'
    # what every service looks for first
    echo '(pool|res_index|root|supplementalData|likelySubtags|numberingSystems|plurals)\.res'
    echo '(keyTypeData|timezoneTypes|zoneinfo64|metaZones|windowsZones)\.res'
    echo '(currencyNumericCodes|icustd|icuver|langInfo|metadata)\.res'
    echo '(curr|lang|region|unit|zone)/(pool|res_index|root|en)\.res'
    # locales that are likely where the program is used
    echo '(en|en_001|en_GB|en_US|en_US_POSIX|de|de_AT|fr|es|it|nl|pt|pl|cs|sv|da|no|fi|tr)\.res'
    # ASCII, Latin-1 and the encodings of terminals
    echo '(ibm-37|ibm-1047|ibm-5346|ibm-5348|ibm-912|ibm-923).*\.cnv'
} > "$work/keep"
grep -vxEf "$work/keep" "$work/items" > "$work/remove.txt"   # icupkg knows a list by its .txt
mkdir "$work/small"
icupkg -tl -r "$work/remove.txt" "$work/$data" "$work/small/$data"

cat > "$work/data.s" <<ASSEMBLY
.section .rodata
.balign 16
.globl icudt${version}_dat
.type icudt${version}_dat, @object
icudt${version}_dat: .incbin "$data"
.size icudt${version}_dat, . - icudt${version}_dat
.section .note.GNU-stack, "", @progbits
ASSEMBLY
(cd "$work/small" && gcc -shared -nostdlib -Wl,-soname,"libicudata.so.$version" -Wl,--build-id=none \
    -o ../small.so ../data.s)
before=$(stat -c %s "$library")
install -m 644 "$work/small.so" "$library"
echo "libicudata.so.$version: $before -> $(stat -c %s "$library") bytes"
