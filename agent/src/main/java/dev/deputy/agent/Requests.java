package dev.deputy.agent;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends requests that may be repeated: an idle connection may have been closed meanwhile. */
final class Requests {
  private static final int ATTEMPTS = 3;

  private Requests() {}

  /** The answer to the first attempt that has one. */
  static HttpResponse<String> send(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return http.send(request, BodyHandlers.ofString());
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
