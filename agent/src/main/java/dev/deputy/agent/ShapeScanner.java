package dev.deputy.agent;

/**
 * Recognises values that look like AWS secrets by where they stand: after a word such as {@code
 * SecretAccessKey} (in JSON, XML, tables, traces, with escaped quotes), in the columns and lines
 * after an access key id, or in a line with the word secret or token; and session tokens by how
 * they begin. Fed byte by byte where something announced a secret; it says which bytes are one.
 */
final class ShapeScanner {
  private static final int MAX_SEPARATORS = 64;
  private static final int MAX_VALUE = 8 << 10;
  private static final int LINES_AFTER_ID = 3;
  private static final int ID_START = 4;
  private static final int ID_REST = 16;
  private static final int SECRET_KEY = 40;
  private static final int MIN_TOKEN = 100;
  private static final int MIN_ASSIGNED = 8;
  private static final int MIN_LOOSE = 20;

  /** Told of a secret's bytes, which have not been released. */
  interface Finder {
    /**
     * @param from offset of the first byte
     * @param to offset after the last
     * @param whole whether it is a whole value, which may appear again
     */
    void secret(long from, long to, boolean whole);
  }

  private enum Mode {
    IDLE,
    /** After a word: separators, then the value. */
    SEPARATORS,
    /** In the value of a word. */
    VALUE,
    /** In the rest of a value that was too long to wait for. */
    TAIL,
    /** In an access key id. */
    ID,
    /** In some text near an access key id. */
    COLUMN
  }

  private final Finder finder;
  private Mode mode = Mode.IDLE;
  private int count;
  private boolean assigned;
  private boolean newline;
  private long start;
  private int lines;
  private boolean lowerHex;
  private boolean id;
  private long padding;

  ShapeScanner(Finder finder) {
    this.finder = finder;
  }

  /** Whether bytes must be shown to {@link #accept}. */
  boolean active() {
    return mode != Mode.IDLE || lines > 0;
  }

  /** The offset from which bytes may belong to a secret and must not be released. */
  long hold(long end) {
    return mode == Mode.VALUE || mode == Mode.TAIL || mode == Mode.COLUMN ? start : end;
  }

  /** A word that announces a secret has just ended. */
  void key() {
    mode = Mode.SEPARATORS;
    count = 0;
    assigned = false;
    newline = false;
  }

  /** The beginning of an access key id has just ended, before this offset. */
  void id(long at) {
    if (mode == Mode.IDLE) {
      mode = Mode.ID;
      count = 0;
    } else if (mode == Mode.COLUMN) {
      id |= at - start == ID_START;
    }
  }

  /** A word has just ended that may stand in a line with a secret. */
  void near() {
    lines = Math.max(lines, 1);
  }

  /** The beginning of a session token has just ended, before this offset. */
  void token(long at) {
    if (mode == Mode.IDLE) {
      mode = Mode.VALUE;
      start = at;
      assigned = true;
      newline = false;
    }
  }

  /** One more byte, at this offset. */
  void accept(byte b, long at) {
    switch (mode) {
      case IDLE -> outside(b, at);
      case SEPARATORS -> separator(b, at);
      case VALUE, TAIL -> value(b, at);
      case ID -> inId(b);
      case COLUMN -> column(b, at);
    }
  }

  /** The stream ends at this offset. */
  void end(long at) {
    if (mode == Mode.VALUE || mode == Mode.TAIL) {
      endValue(at);
    } else if (mode == Mode.COLUMN) {
      endColumn(at);
    }
    mode = Mode.IDLE;
  }

  private void outside(byte b, long at) {
    if (b == '\n') {
      lines--;
    } else if (isValue(b) && b != '=') {
      begin(b, at);
    }
  }

  private void begin(byte b, long at) {
    mode = Mode.COLUMN;
    start = at;
    padding = -1;
    lowerHex = isLowerHex(b);
    id = false;
  }

  private void separator(byte b, long at) {
    if (isSeparator(b) && count < MAX_SEPARATORS) {
      count++;
      newline |= b == '\n' || b == '\r';
      assigned |= "=:>|\t".indexOf(b) >= 0;
    } else if (count > 0 && count < MAX_SEPARATORS && isValue(b)) {
      mode = Mode.VALUE;
      start = at;
    } else {
      mode = Mode.IDLE;
      if (lines > 0) {
        outside(b, at);
      }
    }
  }

  private void value(byte b, long at) {
    if (!isValue(b)) {
      endValue(at);
      mode = Mode.IDLE;
      if (lines > 0) {
        outside(b, at);
      }
    } else if (mode == Mode.VALUE && at - start == MAX_VALUE) {
      finder.secret(start, at, true);
      mode = Mode.TAIL;
      start = at;
    } else if (mode == Mode.TAIL) {
      finder.secret(start, at, false);
      start = at;
    }
  }

  private void endValue(long at) {
    long length = at - start;
    if (mode == Mode.TAIL) {
      finder.secret(start, at, false);
    } else if (length >= (assigned && !newline ? MIN_ASSIGNED : MIN_LOOSE)) {
      finder.secret(start, at, length >= MIN_LOOSE);
    }
  }

  private void inId(byte b) {
    if ((b < 'A' || b > 'Z') && (b < '0' || b > '9')) {
      mode = Mode.IDLE;
    } else if (++count == ID_REST) {
      mode = Mode.IDLE;
      lines = LINES_AFTER_ID;
    }
  }

  private void column(byte b, long at) {
    if (b == '=' && padding < 0) {
      padding = at;
    } else if (b != '=' && padding >= 0 && isValue(b)) {
      // What stood before was a name and not the value.
      endColumn(padding);
      begin(b, at);
    } else if (isValue(b) && at - start < MAX_VALUE) {
      lowerHex &= isLowerHex(b);
    } else {
      endColumn(at);
      mode = Mode.IDLE;
      outside(b, at);
    }
  }

  private void endColumn(long at) {
    long length = at - start;
    if (length >= MIN_TOKEN || (length == SECRET_KEY && !lowerHex)) {
      finder.secret(start, at, true);
    } else if (id && length == ID_START + ID_REST) {
      lines = LINES_AFTER_ID;
    }
  }

  private static boolean isLowerHex(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f');
  }

  private static boolean isValue(byte b) {
    return (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '/'
        || b == '+'
        || b == '='
        || b == '-'
        || b == '_';
  }

  private static boolean isSeparator(byte b) {
    return " \t\r\n\"'\\=:>,|".indexOf(b) >= 0;
  }
}
