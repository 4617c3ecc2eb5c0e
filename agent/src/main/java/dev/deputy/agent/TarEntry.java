package dev.deputy.agent;

/**
 * One member of an archive.
 *
 * @param name relative, with slashes, without {@code .} and {@code ..}
 * @param mode permission bits only
 * @param target of a link; empty otherwise
 * @param size of a file's content
 * @param modified seconds since 1970
 */
record TarEntry(Type type, String name, int mode, String target, long size, long modified) {
  /** What a member may be; all else is refused. */
  enum Type {
    FILE('0'),
    HARD_LINK('1'),
    LINK('2'),
    FOLDER('5');

    final char flag;

    Type(char flag) {
      this.flag = flag;
    }
  }
}
