package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How IAM shows what it holds. */
final class IamViews {
  private IamViews() {}

  static ObjectNode role(Role role, Directory directory) {
    ObjectNode view =
        Call.object()
            .put("Path", role.name().path())
            .put("RoleName", role.name().name())
            .put("RoleId", role.name().id())
            .put("Arn", role.arn())
            .put("CreateDate", Times.iso(role.created()))
            .put("AssumeRolePolicyDocument", encoded(role.trust().shown(directory)));
    if (!role.description().isEmpty()) {
      view.put("Description", role.description());
    }
    view.put("MaxSessionDuration", role.maxSession());
    role.boundary()
        .ifPresent(arn ->
            view.putObject("PermissionsBoundary")
                .put("PermissionsBoundaryType", "Policy")
                .put("PermissionsBoundaryArn", arn));
    if (!role.tags().isEmpty()) {
      view.set("Tags", tags(role.tags()));
    }
    return view;
  }

  static ObjectNode policy(ManagedPolicy policy, Directory directory) {
    ObjectNode view =
        Call.object()
            .put("PolicyName", policy.name())
            .put("PolicyId", policy.id())
            .put("Arn", policy.arn())
            .put("Path", policy.path())
            .put("DefaultVersionId", "v" + policy.defaultVersion())
            .put("AttachmentCount", directory.attachments(policy.arn()))
            .put("PermissionsBoundaryUsageCount", directory.boundaryUses(policy.arn()))
            .put("IsAttachable", true)
            .put("CreateDate", Times.iso(policy.created()))
            .put("UpdateDate", Times.iso(policy.versions().getLast().created()));
    if (!policy.description().isEmpty()) {
      view.put("Description", policy.description());
    }
    if (!policy.tags().isEmpty()) {
      view.set("Tags", tags(policy.tags()));
    }
    return view;
  }

  /** A version of a managed policy, without its document. */
  static ObjectNode version(ManagedPolicy policy, ManagedPolicy.Version version) {
    return Call.object()
        .put("VersionId", version.id())
        .put("IsDefaultVersion", version.number() == policy.defaultVersion())
        .put("CreateDate", Times.iso(version.created()));
  }

  static ObjectNode page(String name, ArrayNode items, Optional<String> next) {
    ObjectNode page = Call.object();
    page.set(name, items);
    page.put("IsTruncated", next.isPresent());
    next.ifPresent(marker -> page.put("Marker", marker));
    return page;
  }

  static ArrayNode list() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** A policy document as IAM answers it: percent-encoded. */
  static String encoded(String document) {
    return URLEncoder.encode(document, UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static ArrayNode tags(Map<String, String> tags) {
    ArrayNode list = list();
    tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    return list;
  }
}
