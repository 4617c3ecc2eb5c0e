package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code AWS::S3::Bucket}. */
final class StackBucket implements StackResourceType {
  private static final int LONGEST = 63;
  private static final Shape.Structure PROPERTIES =
      structure(
          may("BucketName", text()),
          may("Tags", list(structure(need("Key", text()), need("Value", text())))));

  @Override
  public String name() {
    return "AWS::S3::Bucket";
  }

  @Override
  public Shape.Structure properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "DomainName", "RegionalDomainName");
  }

  @Override
  public Set<String> updatable() {
    return Set.of("Tags");
  }

  @Override
  public Optional<String> nameProperty() {
    return Optional.of("BucketName");
  }

  @Override
  public Made create(StackContext context, String logicalId, Parameters properties) {
    String name =
        properties
            .optionalText("BucketName")
            .orElseGet(() -> context.generatedName(logicalId, LONGEST).toLowerCase(Locale.ROOT));
    context.invoke("s3", "CreateBucket", bucket(name));
    String region = context.caller().region();
    return new Made(
        name,
        Map.of(
            "Arn", "arn:aws:s3:::" + name,
            "DomainName", name + ".s3.amazonaws.com",
            "RegionalDomainName", name + ".s3." + region + ".amazonaws.com"));
  }

  private static ObjectNode bucket(String name) {
    return Call.object().put("Bucket", name);
  }

  @Override
  public Made update(StackContext context, Made made, Parameters before, Parameters after) {
    return made;
  }

  @Override
  public void delete(StackContext context, Made made, Parameters properties) {
    context.invoke("s3", "DeleteBucket", bucket(made.physicalId()));
  }
}
