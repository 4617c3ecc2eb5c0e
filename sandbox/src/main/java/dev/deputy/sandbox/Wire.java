package dev.deputy.sandbox;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers and refusals in the form of either protocol. Pure. */
final class Wire {
  private Wire() {}

  static String contentType(Protocol protocol) {
    return switch (protocol) {
      case QUERY -> "text/xml";
      case JSON -> "application/x-amz-json-1.1";
    };
  }

  static String answer(Api api, String action, ObjectNode answer, String requestId) {
    if (api.protocol() == Protocol.JSON) {
      return answer.toString();
    }
    var xml = new StringBuilder();
    xml.append("<%sResponse xmlns=\"%s\">".formatted(action, api.namespace()));
    if (!answer.isEmpty()) {
      element(xml, action + "Result", answer);
    }
    xml.append("<ResponseMetadata><RequestId>").append(requestId);
    xml.append("</RequestId></ResponseMetadata></").append(action).append("Response>");
    return xml.toString();
  }

  static String refusal(
      Protocol protocol, String namespace, AwsException refusal, String requestId) {
    if (protocol == Protocol.JSON) {
      return refusal
          .details()
          .deepCopy()
          .put("__type", refusal.code())
          .put("message", refusal.text())
          .toString();
    }
    return "<ErrorResponse xmlns=\"%s\"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
        .formatted(
            namespace,
            refusal.status() < 500 ? "Sender" : "Receiver",
            escape(refusal.code()),
            escape(refusal.text()),
            requestId);
  }

  private static void element(StringBuilder xml, String name, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    xml.append('<').append(name).append('>');
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        element(xml, entry.getKey(), entry.getValue());
      }
    } else if (value.isArray()) {
      value.forEach(item -> element(xml, "member", item));
    } else {
      xml.append(escape(value.asString()));
    }
    xml.append("</").append(name).append('>');
  }

  /** Text for XML 1.0; characters that it cannot hold become the replacement character. */
  static String escape(String text) {
    var escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\r' -> escaped.append("&#xD;");
            default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
          }
        });
    return escaped.toString();
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
