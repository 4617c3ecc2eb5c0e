package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one address of every service: reads a request, proves its sender, hands it on, writes the
 * answer.
 */
final class Front extends Handler.Abstract {
  private static final int MAX_BODY = 4 << 20;
  private static final int MAX_OBJECT = 128 << 20;

  /** Of refusals from before the service is known. */
  private static final String NAMESPACE = "https://amazonaws.com/doc/";

  private record Answer(int status, Protocol protocol, String body) {}

  private record Asked(Api api, String action, ObjectNode parameters) {}

  private final Authenticator authenticator;
  private final Dispatcher dispatcher;
  private final S3Front s3;

  Front(Authenticator authenticator, Dispatcher dispatcher) {
    this.authenticator = authenticator;
    this.dispatcher = dispatcher;
    this.s3 = new S3Front(authenticator, dispatcher);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String requestId = UUID.randomUUID().toString();
    WireRequest wire = wire(request);
    if (wire.isS3()) {
      send(s3.answer(wire, requestId), requestId, response, callback);
      return true;
    }
    Answer answer = answer(wire, requestId);
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Wire.contentType(answer.protocol()));
    response.getHeaders().put("x-amzn-RequestId", requestId);
    Content.Sink.write(response, true, answer.body(), callback);
    return true;
  }

  private static void send(
      S3Front.Answer answer, String requestId, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put("x-amz-request-id", requestId);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  /** Answers a request that HTTP itself forbids, which never comes to {@link #handle}. */
  static boolean refuse(Request request, Response response, Callback callback) {
    var refusal =
        new AwsException(
            "MalformedRequest", response.getStatus(), "The request is not valid HTTP for AWS.");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Wire.contentType(Protocol.QUERY));
    Content.Sink.write(
        response,
        true,
        Wire.refusal(Protocol.QUERY, NAMESPACE, refusal, UUID.randomUUID().toString()),
        callback);
    return true;
  }

  private static WireRequest wire(Request request) throws IOException {
    List<WireRequest.Header> headers = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      headers.add(
          new WireRequest.Header(
              field.getName(), Optional.ofNullable(field.getValue()).orElse("")));
    }
    byte[] body;
    try (var in = Content.Source.asInputStream(request)) {
      boolean object = WireRequest.isS3(headers);
      body = in.readNBytes((object ? MAX_OBJECT : MAX_BODY) + 1);
    }
    var uri = request.getHttpURI();
    return new WireRequest(
        request.getMethod(),
        Optional.ofNullable(uri.getPath()).orElse("/"),
        Optional.ofNullable(uri.getQuery()).orElse(""),
        headers,
        body,
        Request.getRemoteAddr(request));
  }

  private Answer answer(WireRequest request, String requestId) {
    Protocol protocol = request.protocol();
    String namespace = NAMESPACE;
    try {
      if (request.body().length > MAX_BODY) {
        throw new AwsException("RequestEntityTooLarge", 413, "The request is too large.");
      }
      Authenticator.Sender sender = authenticator.authenticate(request);
      Asked asked = asked(request, sender);
      namespace = asked.api().namespace();
      var caller =
          new Caller(
              sender.identity(),
              sender.accessKeyId(),
              sender.region(),
              request.sourceAddress(),
              request.header("user-agent").orElse(""),
              Optional.empty());
      ObjectNode answer =
          dispatcher.invoke(
              caller, asked.api().name(), asked.action(), asked.parameters(), requestId);
      return new Answer(200, protocol, Wire.answer(asked.api(), asked.action(), answer, requestId));
    } catch (AwsException refusal) {
      return new Answer(
          refusal.status(), protocol, Wire.refusal(protocol, namespace, refusal, requestId));
    }
  }

  private Asked asked(WireRequest request, Authenticator.Sender sender) {
    if (!request.path().equals("/")) {
      throw new AwsException(
          "UnknownOperationException", 404, "There is nothing at " + request.path() + ".");
    }
    Asked asked =
        switch (request.protocol()) {
          case JSON -> json(request);
          case QUERY -> query(request, sender.service());
        };
    if (!asked.api().name().equals(sender.service())) {
      throw AuthenticationFault.MISMATCH.in(
          request.protocol(),
          "Credential should be scoped to correct service: '%s'.".formatted(asked.api().name()));
    }
    return asked;
  }

  private Asked json(WireRequest request) {
    String target = request.header("x-amz-target").orElse("");
    int dot = target.lastIndexOf('.');
    Api api =
        dispatcher
            .apiOfTarget(target.substring(0, Math.max(dot, 0)))
            .orElseThrow(() ->
                AwsException.of(
                    "UnknownOperationException",
                    "The target '%s' is not supported.".formatted(target)));
    if (!request.method().equals("POST")) {
      throw AwsException.of("UnknownOperationException", "POST is expected.");
    }
    return new Asked(api, target.substring(dot + 1), object(request.body()));
  }

  private static ObjectNode object(byte[] body) {
    try {
      JsonNode node = body.length == 0 ? Call.object() : Json.STRICT.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw AwsException.of("SerializationException", "The request is not a JSON object.");
    } catch (JacksonException _) {
      throw AwsException.of("SerializationException", "The request is not valid JSON.");
    }
  }

  /** The service comes from the signature, because the form does not name it. */
  private Asked query(WireRequest request, String service) {
    Api api =
        dispatcher
            .api(service)
            .filter(found -> found.protocol() == Protocol.QUERY)
            .orElseThrow(() ->
                AwsException.of(
                    "InvalidAction",
                    "The service '%s' is not supported in this protocol.".formatted(service)));
    String body = new String(request.body(), UTF_8);
    ObjectNode form =
        QueryForm.parse(
            switch (request.method()) {
              case "POST" -> request.query().isEmpty() ? body : request.query() + "&" + body;
              case "GET" -> request.query();
              default -> throw AwsException.of("InvalidAction", "POST or GET is expected.");
            });
    String action = string(form, "Action");
    String version = string(form, "Version");
    if (action.isEmpty()) {
      throw AwsException.of("MissingAction", "Action is missing.");
    }
    if (!version.equals(api.version())) {
      throw AwsException.of(
          "InvalidAction", "Could not find operation %s for version %s".formatted(action, version));
    }
    return new Asked(api, action, form);
  }

  private static String string(ObjectNode form, String name) {
    JsonNode value = form.remove(name);
    return value == null || !value.isString() ? "" : value.stringValue();
  }

  /** Made at the first request, because it would take a good part of the start. */
  private static final class Json {
    static final JsonMapper STRICT =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  }
}
