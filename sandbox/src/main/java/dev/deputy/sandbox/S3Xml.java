package dev.deputy.sandbox;

/** Writes an S3 document, element by element. */
final class S3Xml {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final StringBuilder xml = new StringBuilder();
  private final String root;

  private S3Xml(String root, String opening) {
    this.root = root;
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<").append(opening).append('>');
  }

  static S3Xml of(String root) {
    return new S3Xml(root, root + " xmlns=\"" + NAMESPACE + "\"");
  }

  /** A refusal has no name space. */
  static S3Xml refusal(AwsException refusal, String requestId) {
    return new S3Xml("Error", "Error")
        .text("Code", refusal.code())
        .text("Message", refusal.text())
        .text("RequestId", requestId);
  }

  S3Xml text(String name, Object value) {
    xml.append('<').append(name).append('>').append(Wire.escape(String.valueOf(value)));
    return close(name);
  }

  /** Text of the root element itself. */
  S3Xml raw(String text) {
    xml.append(Wire.escape(text));
    return this;
  }

  S3Xml open(String name) {
    xml.append('<').append(name).append('>');
    return this;
  }

  S3Xml close(String name) {
    xml.append("</").append(name).append('>');
    return this;
  }

  @Override
  public String toString() {
    return xml + "</" + root + ">";
  }
}
