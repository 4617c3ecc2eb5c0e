package org.acme

class Version implements Serializable {
  int major
  int minor

  Version(int major, int minor) {
    this.major = major
    this.minor = minor
  }

  Version next() {
    return new Version(major, minor + 1)
  }

  String toString() {
    return "${major}.${minor}"
  }
}
