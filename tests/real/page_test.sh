#!/bin/sh
# page_test.sh BIN: the HTML page of the recorded outage and the handbook of its policy, in a real
# browser: they open without a word on the console, the page's script runs, and what is painted is
# not blank. Also those of labels and titles that try to be HTML.
set -eu

BIN=$1
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
EXAMPLE=$ROOT/examples/01_registry_outage
for program in chromium python3 xmllint; do
  command -v "$program" >/dev/null || { echo "skipped: \`$program\` is not installed"; exit 77; }
done
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

browse() {  # browse NAME WIDTH PAGE: what the console says to $WORK/NAME.log, a picture to NAME.png
  timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
    --user-data-dir="$WORK/profile" --no-first-run --disable-background-networking \
    --enable-logging=stderr --v=0 --window-size="$2,1400" --hide-scrollbars \
    --screenshot="$WORK/$1.png" "file://$3" >"$WORK/$1.log" 2>&1 ||
    { cat "$WORK/$1.log"; exit 1; }
  if grep -E 'CONSOLE|Uncaught|Refused to' "$WORK/$1.log"; then
    echo "the console of $1 is not silent"
    exit 1
  fi
}

elements() {  # elements NAME: what the browser made of the page, to $WORK/dom.html
  timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
    --user-data-dir="$WORK/profile" --dump-dom "file://$WORK/$1.html" >"$WORK/dom.html" 2>/dev/null
}

painted() {  # painted NAME: at least 30 colours, and none takes more than 97 % of the picture
  python3 - "$WORK/$1.png" <<'END'
import struct, sys, zlib
data = open(sys.argv[1], "rb").read()
at, packed = 8, b""
while at < len(data):
    size, kind = struct.unpack(">I4s", data[at:at + 8])
    body = data[at + 8:at + 8 + size]
    if kind == b"IHDR":
        width, height, _, colour = struct.unpack(">IIBB", body[:10])
    if kind == b"IDAT":
        packed += body
    at += size + 12
pixel = {2: 3, 6: 4}[colour]
raw = zlib.decompress(packed)
stride, before, counts = width * pixel, bytearray(width * pixel), {}
for y in range(height):
    kind = raw[y * (stride + 1)]
    line = bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
    for x in range(stride):
        a = line[x - pixel] if x >= pixel else 0
        b = before[x]
        c = before[x - pixel] if x >= pixel else 0
        if kind == 1:
            line[x] = line[x] + a & 255
        elif kind == 2:
            line[x] = line[x] + b & 255
        elif kind == 3:
            line[x] = line[x] + (a + b) // 2 & 255
        elif kind == 4:
            p = a + b - c
            best = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[x] = line[x] + best & 255
    before = line
    if y % 5 == 0:
        for x in range(0, stride, pixel * 3):
            key = bytes(line[x:x + 3])
            counts[key] = counts.get(key, 0) + 1
total, most = sum(counts.values()), max(counts.values())
assert len(counts) >= 30, f"{len(counts)} colours"
assert most < 0.97 * total, f"{most} of {total} pixels are alike"
END
}

"$BIN/tocsin" simulate "$EXAMPLE/policy" --history "$EXAMPLE/registry_outage.om.zst" \
  --history "$EXAMPLE/acknowledged.jsonl" --html "$WORK/outage.html" >/dev/null
browse wide 1280 "$WORK/outage.html"
browse phone 500 "$WORK/outage.html"
painted wide
painted phone

# The script has run where a line of a chart answers to the arrow keys.
elements outage
grep -q 'class="cross"' "$WORK/dom.html" || { echo "the script did not run"; exit 1; }

mkdir "$WORK/policy"
cat >"$WORK/policy/policy.tocsin" <<'END'
policy odd "<script>alert(1)</script>" {}
label host : up_to(10)
signal used : ratio by (host) in 0%..100% { source: prometheus("used") }
channel sms
person ann "<b>Ann</b>" { contact: [sms] }
level low "Low </style>" { inform: ann }
alert full { level: low  says: "{host} is at {value}"  when used > 80% }
END
cat >"$WORK/odd.csv" <<'END'
timestamp,metric,value,host
2026-11-23T04:15:00Z,used,0.9,<script>document.title='owned'</script>
2026-11-23T04:15:00Z,used,0.9,"""><img src=x onerror=alert(1)>"
2026-11-23T04:16:00Z,used,0.95,'-->]]><svg onload=alert(1)>
END
"$BIN/tocsin" simulate "$WORK/policy" --history "$WORK/odd.csv" --html "$WORK/odd.html" >/dev/null
browse odd 1280 "$WORK/odd.html"
painted odd
elements odd
[ "$(grep -c '<script' "$WORK/dom.html")" = 1 ] || { echo "a label became a script"; exit 1; }
if grep -E '<title>owned|<img' "$WORK/dom.html"; then
  echo "a label became HTML"
  exit 1
fi

"$BIN/tocsin" doc "$EXAMPLE/policy" --output "$WORK/book" >/dev/null
"$BIN/tocsin" doc "$WORK/policy" --output "$WORK/odd_book" >/dev/null
"$BIN/tocsin" doc --reference --output "$WORK/reference" >/dev/null
for page in "$WORK"/book/handbook.html "$WORK"/odd_book/handbook.html \
  "$WORK"/reference/reference.html "$WORK"/*book/handbook.figures/*.svg; do
  xmllint --noout --nonet "$page"
done
browse book 1280 "$WORK/book/handbook.html"
browse book_phone 500 "$WORK/book/handbook.html"
browse ladder 500 "$WORK/book/handbook.figures/ladder_P1.svg"
painted book
painted book_phone
browse odd_book 1280 "$WORK/odd_book/handbook.html"
painted odd_book
elements odd_book/handbook
if grep -E '<script|<title>owned|<img|<b>' "$WORK/dom.html"; then
  echo "a title became HTML"
  exit 1
fi
echo "the page of the outage and the handbook, at two widths, and those of odd texts: no word on" \
  "the console"
