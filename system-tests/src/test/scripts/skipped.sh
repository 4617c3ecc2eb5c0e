#!/bin/sh
# Names the tests of all modules that were skipped, with the reason: usage skipped.sh CHECKOUT
for report in "$1"/*/target/surefire-reports/TEST-*.xml; do
  [ -f "$report" ] && cat "$report"
done | awk '
  function attribute(line, name) {
    if (!match(line, " " name "=\"[^\"]*\"")) return ""
    return substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
  }
  function plain(text) {
    gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&#10;/, " ", text); gsub(/&amp;/, "\\&", text)
    return text
  }
  /<testcase / { test = attribute($0, "classname") "." attribute($0, "name") }
  /<skipped/ {
    why = attribute($0, "message")
    if (why == "") { why = $0; sub(/.*Assumption failed: /, "", why); sub(/.*<skipped.*/, "no reason given", why); sub(/\]\]>.*/, "", why) }
    print "skipped: " plain(test) ": " plain(why)
    count++
  }
  END { print count + 0 " tests were skipped" }'
