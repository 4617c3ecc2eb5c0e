package dev.deputy.sandbox;

import dev.deputy.iam.NamedPolicy;
import dev.deputy.iam.PolicyDocument;
import dev.deputy.sandbox.Role.StoredPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The policies that AWS itself manages, as far as the sandbox has them. */
final class AwsManagedPolicies {
  private AwsManagedPolicies() {}

  static List<ManagedPolicy> all() {
    return List.of(
        policy(
            "/",
            "AdministratorAccess",
            """
            {
              "Version": "2012-10-17",
              "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
            }
            """),
        policy(
            "/service-role/",
            "AmazonECSTaskExecutionRolePolicy",
            """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "ecr:GetAuthorizationToken",
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:GetDownloadUrlForLayer",
                    "ecr:BatchGetImage",
                    "logs:CreateLogStream",
                    "logs:PutLogEvents"
                  ],
                  "Resource": "*"
                }
              ]
            }
            """));
  }

  private static ManagedPolicy policy(String path, String name, String text) {
    return new ManagedPolicy(
        "arn:aws:iam::aws:policy" + path + name,
        "aws",
        path,
        name,
        Ids.unique("ANPA", 17),
        "",
        List.of(
            new ManagedPolicy.Version(
                1,
                Instant.EPOCH,
                new StoredPolicy(text, new NamedPolicy(name, PolicyDocument.parse(text))))),
        1,
        Map.of());
  }
}
