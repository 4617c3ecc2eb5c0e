package dev.deputy.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code --output json} prints of a file that was checked, a Jenkinsfile or a configuration.
 */
final class CheckedFile {
  private CheckedFile() {}

  /**
   * The line of one file; more may be added to it.
   *
   * @param errors each made by {@link #fault}
   */
  static Map<String, Object> line(String file, boolean valid, List<Map<String, Object>> errors) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "checked");
    line.put("file", file);
    line.put("valid", valid);
    line.put("errors", errors);
    return line;
  }

  /** One fault, counted from 1; more may be added to it. */
  static Map<String, Object> fault(int line, int column, String message) {
    Map<String, Object> fault = new LinkedHashMap<>();
    fault.put("line", line);
    fault.put("column", column);
    fault.put("message", message);
    return fault;
  }
}
