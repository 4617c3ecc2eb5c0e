package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

/** The parameters that IAM's actions share. */
final class IamShapes {
  static final String NAME = "[\\w+=,.@-]+";

  static final Shape.Field ROLE = need("RoleName", text(1, 64, NAME));
  static final Shape.Field POLICY_NAME = need("PolicyName", text(1, 128, NAME));
  static final Shape.Field DOCUMENT = need("PolicyDocument", text(1, 131072));
  static final Shape.Field POLICY_ARN = need("PolicyArn", text(20, 2048));
  static final Shape.Field PATH =
      may("Path", text(1, 512, "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)"));
  static final Shape.Field DESCRIPTION = may("Description", text(0, 1000));
  static final Shape.Field MARKER = may("Marker", text(1, 320));
  static final Shape.Field MAX_ITEMS = may("MaxItems", whole(1, 1000));
  static final Shape.Field PATH_PREFIX =
      may("PathPrefix", text(1, 512, "\\u002F[\\u0021-\\u007F]*"));
  static final Shape.Field MAX_SESSION = may("MaxSessionDuration", whole(3600, 43200));

  private static final Shape.ListOf TAG_LIST =
      list(
          structure(
              need("Key", text(1, 128, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+")),
              need("Value", text(0, 256, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*"))),
          0,
          50);
  static final Shape.Field TAGS = may("Tags", TAG_LIST);
  static final Shape.Field SOME_TAGS = need("Tags", TAG_LIST);

  private IamShapes() {}
}
