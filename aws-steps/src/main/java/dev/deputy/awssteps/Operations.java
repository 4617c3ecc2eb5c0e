package dev.deputy.awssteps;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All operations by their names, which are the steps'. */
final class Operations {
  private static final Map<String, Operation> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("awsIdentity", CallerIdentity::tell),
              Map.entry("withAWS", CallerIdentity::confirm),
              Map.entry("cfnUpdate", StackUpdate::run),
              Map.entry("cfnDelete", StackDeletion::run),
              Map.entry("cfnDescribe", StackReading::describe),
              Map.entry("cfnExports", StackReading::exports),
              Map.entry("cfnValidate", StackReading::validate),
              Map.entry("cfnCreateChangeSet", ChangeSets::create),
              Map.entry("cfnExecuteChangeSet", ChangeSets::execute),
              Map.entry("ecrLogin", EcrLogin::command),
              Map.entry("s3Upload", S3Upload::run),
              Map.entry("s3Download", S3Download::run),
              Map.entry("s3Delete", S3Objects::delete),
              Map.entry("s3FindFiles", S3Objects::find),
              Map.entry("s3DoesObjectExist", S3Objects::exists),
              Map.entry("s3Copy", S3Objects::copy)));

  private Operations() {}

  static Set<String> names() {
    return ALL.keySet();
  }

  static Operation named(String name) {
    Operation operation = ALL.get(name);
    if (operation == null) {
      throw new OperationFailed("operation: \"" + name + "\" (expected: one of " + names() + ")");
    }
    return operation;
  }
}
