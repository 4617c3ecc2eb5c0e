package dev.deputy.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the ECS agent answers to the containers of its tasks: credentials of the task role and
 * metadata. Thread-safe.
 *
 * <p>On ECS both are at 169.254.170.2, and the credentials are named by {@code
 * AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}. To answer at that address takes privileges on the host,
 * so the sandbox uses the other form that every SDK knows, {@code
 * AWS_CONTAINER_CREDENTIALS_FULL_URI} on loopback with {@code AWS_CONTAINER_AUTHORIZATION_TOKEN},
 * which is also what keeps one task from the credentials of another.
 */
final class TaskEndpoint extends Handler.Abstract {
  private static final String CREDENTIALS = "/v2/credentials/";
  private static final String METADATA = "/v4/";

  /** What one container may ask for. */
  private record Entry(
      String token,
      Optional<TaskCredentials> credentials,
      Supplier<ObjectNode> container,
      Supplier<ObjectNode> task) {}

  /** A container that is known here until this is closed. */
  final class Registration implements AutoCloseable {
    private final String id;
    private final Entry entry;

    private Registration(String id, Entry entry) {
      this.id = id;
      this.entry = entry;
    }

    /** The variables by which the container finds its credentials and metadata. */
    Map<String, String> environment(URI sandbox) {
      String metadata = sandbox.resolve(METADATA + id).toString();
      return entry.credentials.isEmpty()
          ? Map.of("ECS_CONTAINER_METADATA_URI_V4", metadata)
          : Map.of(
              "ECS_CONTAINER_METADATA_URI_V4",
              metadata,
              "AWS_CONTAINER_CREDENTIALS_FULL_URI",
              sandbox.resolve(CREDENTIALS + id).toString(),
              "AWS_CONTAINER_AUTHORIZATION_TOKEN",
              entry.token);
    }

    @Override
    public void close() {
      entries.remove(id);
    }
  }

  private record Answer(int status, ObjectNode body) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** Makes a container known. */
  Registration register(
      Optional<TaskCredentials> credentials,
      Supplier<ObjectNode> container,
      Supplier<ObjectNode> task) {
    // Names in paths may end in logs: the token is what opens the credentials.
    String id = Ids.unique("", 32);
    Entry entry = new Entry(Ids.secret(32), credentials, container, task);
    entries.put(id, entry);
    return new Registration(id, entry);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
    Answer answer;
    if (path.startsWith(CREDENTIALS)) {
      String token = request.getHeaders().get(HttpHeader.AUTHORIZATION);
      answer = credentials(path.substring(CREDENTIALS.length()), token == null ? "" : token);
    } else if (path.startsWith(METADATA)) {
      answer = metadata(List.of(path.substring(METADATA.length()).split("/", -1)));
    } else {
      return false;
    }
    response.setStatus(answer.status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, answer.body.toString(), callback);
    return true;
  }

  private Answer credentials(String id, String token) {
    Entry entry = entries.get(id);
    if (entry == null || entry.credentials.isEmpty()) {
      return refusal(404, "InvalidIdInRequest", "CredentialsRequest: Credentials not found");
    }
    if (!MessageDigest.isEqual(bytes(entry.token), bytes(token))) {
      return refusal(403, "AccessDenied", "CredentialsRequest: the authorization token is wrong");
    }
    try {
      TaskCredentials credentials = entry.credentials.get();
      ServiceSessions.Issued issued = credentials.current();
      return new Answer(
          200,
          Call.object()
              .put("RoleArn", credentials.roleArn())
              .put("AccessKeyId", issued.key().id())
              .put("SecretAccessKey", issued.key().secret())
              .put("Token", issued.key().sessionToken().orElse(""))
              .put("Expiration", Times.iso(issued.session().expires())));
    } catch (AwsException refusal) {
      return refusal(503, refusal.code(), refusal.text());
    }
  }

  private Answer metadata(List<String> path) {
    Entry entry = entries.get(path.getFirst());
    String what = String.join("/", path.subList(1, path.size()));
    if (entry == null) {
      return refusal(404, "NotFound", "V4 metadata: unable to look up container");
    }
    return switch (what) {
      case "" -> new Answer(200, entry.container.get());
      case "task" -> new Answer(200, entry.task.get());
      default -> refusal(404, "NotFound", "V4 metadata: " + what + " is not supported");
    };
  }

  private static Answer refusal(int status, String code, String message) {
    ObjectNode body = Call.object().put("code", code).put("message", message);
    return new Answer(status, body.put("HTTPErrorCode", status));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
