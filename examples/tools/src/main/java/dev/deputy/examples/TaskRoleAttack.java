package dev.deputy.examples;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Looks for the task role's credentials everywhere a step can look. */
final class TaskRoleAttack {
  private static final String URI_VARIABLE = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String TOKEN_VARIABLE = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  private static final int TIMEOUT_MILLIS = 2_000;

  private TaskRoleAttack() {}

  static void run(String taskRole) throws IOException {
    int hidden = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        Map<String, String> environment;
        try {
          environment = environment(process);
        } catch (IOException e) {
          hidden++;
          continue;
        }
        tryOut(taskRole, process.toString(), environment);
      }
    }
    String relative = System.getenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    if (relative != null) {
      fail("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is set for steps");
    }
    System.out.println(
        "refused: the task role's credentials: "
            + hidden
            + " processes keep their environment to themselves");
  }

  private static void tryOut(String taskRole, String where, Map<String, String> environment)
      throws IOException {
    String uri = environment.get(URI_VARIABLE);
    if (uri == null) {
      return;
    }
    HttpURLConnection connection = (HttpURLConnection) URI.create(uri).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setRequestProperty("Authorization", environment.getOrDefault(TOKEN_VARIABLE, ""));
    if (connection.getResponseCode() == 200) {
      String answer =
          new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (answer.contains("role/" + taskRole + "\"")) {
        fail("the environment of " + where + " gives the task role");
      }
    }
  }

  private static void fail(String why) {
    System.out.println("NOT REFUSED: " + why);
    System.exit(1);
  }

  private static Map<String, String> environment(Path process) throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String entry :
        Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1).split("\0")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return environment;
  }
}
