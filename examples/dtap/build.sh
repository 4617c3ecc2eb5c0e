#!/bin/sh
# Compiles the webshop, runs its unit tests and packs the release.
set -eu
cd "$(dirname "$0")"
rm -rf build release
mkdir -p build release
javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -d build src/shop/*.java test/shop/*.java
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -ea -cp build shop.BasketTest
rm -f build/shop/*Test.class
jar -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC --create --file release/webshop.jar --main-class shop.Basket -C build .
echo "$RELEASE" > release/version
sha256sum release/webshop.jar | cut -d ' ' -f 1 > release/checksum
