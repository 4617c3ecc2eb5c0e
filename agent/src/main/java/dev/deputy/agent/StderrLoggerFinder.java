package dev.deputy.agent;

import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends the agent's log to standard error, a line a record, from level INFO; of other code, and
 * where the agent is inside of another program, only warnings. Found as a service by the JDK, whose
 * own logging would cost a tenth of the start.
 */
public final class StderrLoggerFinder extends System.LoggerFinder {
  /** Whether the agent is the program that runs. */
  private static volatile boolean ofProgram;

  private final ConcurrentMap<String, System.Logger> loggers = new ConcurrentHashMap<>();

  /** The agent is a program of its own. */
  static void agentProgram() {
    ofProgram = true;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return loggers.computeIfAbsent(name, StderrLogger::new);
  }

  private record StderrLogger(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      Level least = ofProgram && name.startsWith("dev.deputy.") ? Level.INFO : Level.WARNING;
      return level != Level.OFF && level.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        System.err.println((ofProgram ? "deputy-agent " : "deputy ") + level + ' ' + message);
        if (thrown != null) {
          thrown.printStackTrace(System.err);
        }
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      log(level, bundle, format, (Throwable) null);
    }
  }
}
