package dev.deputy.builds;

import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Set;

/** The AWS steps of Jenkins' plug-in {@code pipeline-aws}, each done on the agent. */
final class AwsSteps {
  private static final Set<String> STACK = Set.of("stack", "changeSet", "file", "paramsFile");
  private static final Set<String> OBJECT = Set.of("bucket", "path", "file");

  private AwsSteps() {}

  static List<Step> all() {
    return List.of(
        new WithAwsStep(),
        new AwsOperationStep(Signatures.step("awsIdentity").onAgent(), Set.of()),
        new AwsOperationStep(
            Signatures.step("ecrLogin")
                .optional(Kind.BOOLEAN, "email")
                .optional(Kind.LIST, "registryIds")
                .onAgent(),
            Set.of()),
        stack(
            stackChange("cfnUpdate")
                .optional(Kind.STRING, "onFailure")
                .optional(Kind.INTEGER, "timeoutInMinutes")
                .optional(Kind.BOOLEAN, "enableTerminationProtection")),
        stack(stackChange("cfnCreateChangeSet").required("changeSet", Kind.STRING)),
        stack(
            Signatures.step("cfnExecuteChangeSet")
                .value("stack", Kind.STRING)
                .required("changeSet", Kind.STRING)
                .optional(Kind.INTEGER, "pollInterval")),
        stack(
            Signatures.step("cfnDelete")
                .value("stack", Kind.STRING)
                .optional(Kind.LIST, "retainResources")
                .optional(Kind.STRING, "roleArn", "clientRequestToken")
                .optional(Kind.INTEGER, "pollInterval", "timeoutInMinutes")),
        stack(Signatures.step("cfnDescribe").value("stack", Kind.STRING)),
        stack(Signatures.step("cfnExports")),
        stack(Signatures.step("cfnValidate").optional(Kind.STRING, "file", "url")),
        object(
            s3("s3Upload")
                .required("bucket", Kind.STRING)
                .optional(Kind.STRING, "path", "file", "text", "workingDir")
                .optional(Kind.STRING, "includePathPattern", "excludePathPattern", "acl")
                .optional(Kind.LIST, "metadatas")
                .optional(Kind.ANY, "tags")
                .optional(Kind.STRING, "cacheControl", "contentEncoding", "contentType")
                .optional(Kind.STRING, "contentDisposition", "redirectLocation")
                .optional(Kind.STRING, "kmsId", "sseAlgorithm")
                .optional(Kind.BOOLEAN, "verbose")),
        object(
            s3("s3Download")
                .required("bucket", Kind.STRING)
                .required("file", Kind.STRING)
                .optional(Kind.STRING, "path")
                .optional(Kind.BOOLEAN, "force")),
        object(s3("s3Delete").required("bucket", Kind.STRING).required("path", Kind.STRING)),
        object(
            s3("s3DoesObjectExist").required("bucket", Kind.STRING).required("path", Kind.STRING)),
        object(
            s3("s3FindFiles")
                .required("bucket", Kind.STRING)
                .optional(Kind.STRING, "path", "glob")
                .optional(Kind.BOOLEAN, "onlyFiles")),
        object(
            s3("s3Copy")
                .required("fromBucket", Kind.STRING)
                .required("fromPath", Kind.STRING)
                .required("toBucket", Kind.STRING)
                .required("toPath", Kind.STRING)
                .optional(Kind.STRING, "acl")));
  }

  private static Signatures stackChange(String name) {
    return Signatures.step(name)
        .value("stack", Kind.STRING)
        .optional(Kind.STRING, "file", "template", "url", "paramsFile", "tagsFile", "roleArn")
        .optional(Kind.ANY, "params", "tags", "create")
        .optional(Kind.LIST, "keepParams", "notificationARNs", "rollbackTriggers")
        .optional(Kind.INTEGER, "pollInterval", "rollbackTimeoutInMinutes");
  }

  private static Signatures s3(String name) {
    return Signatures.step(name)
        .optional(Kind.BOOLEAN, "pathStyleAccessEnabled", "payloadSigningEnabled");
  }

  private static Step stack(Signatures signature) {
    return new AwsOperationStep(signature.onAgent(), STACK);
  }

  private static Step object(Signatures signature) {
    return new AwsOperationStep(signature.onAgent(), OBJECT);
  }
}
