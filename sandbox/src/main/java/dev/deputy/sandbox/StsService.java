package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** STS: who am I, and sessions of roles. */
final class StsService implements Service {
  private static final Api API =
      new Api("sts", Protocol.QUERY, "2011-06-15", List.of(), "ValidationError");
  private static final String NAME = "[\\w+=,.@-]*";

  private final AssumeRole assumeRole;

  StsService(Directory directory, Keys keys) {
    this.assumeRole = new AssumeRole(directory, keys);
  }

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    return List.of(
        new Action(
            "GetCallerIdentity", true, structure(), _ -> List.of(), StsService::callerIdentity),
        new Action(
            "AssumeRole",
            true,
            structure(
                need("RoleArn", text(20, 2048)),
                need("RoleSessionName", text(2, 64, NAME)),
                may("Policy", text(1, 2048)),
                may("PolicyArns", list(structure(need("arn", text(20, 2048))), 0, 10)),
                may("DurationSeconds", whole(900, 43200)),
                may("Tags", tags()),
                may("TransitiveTagKeys", list(text(1, 128), 0, 50)),
                may("ExternalId", text(2, 1224, "[\\w+=,.@:\\/-]*")),
                may("SourceIdentity", text(2, 64, NAME))),
            assumeRole::permissions,
            assumeRole::handle));
  }

  private static Shape tags() {
    return list(
        structure(
            need("Key", text(1, 128, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+")),
            need("Value", text(0, 256, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*"))),
        0,
        50);
  }

  private static ObjectNode callerIdentity(Call call) {
    Identity identity = call.caller().identity();
    return Call.object()
        .put("UserId", identity.userId())
        .put("Account", identity.account())
        .put("Arn", identity.arn());
  }
}
