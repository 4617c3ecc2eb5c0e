package dev.deputy.awssteps;

import java.io.PrintStream;

/** What an operation says in the build's log: each line at once. */
record Log(PrintStream out) {
  void line(String text) {
    out.println(text);
    out.flush();
  }
}
