package dev.deputy.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A type of resource in CloudFormation's templates. Each works through the public actions of its
 * service, as the caller of the stack's operation: authorised and recorded like any other call.
 */
interface StackResourceType {

  /**
   * A resource that was made.
   *
   * @param physicalId its name or ARN, which is also what {@code Ref} answers
   * @param attributes what {@code Fn::GetAtt} answers
   */
  record Made(String physicalId, Map<String, String> attributes) {
    public Made {
      attributes = Map.copyOf(attributes);
    }
  }

  /** Such as {@code AWS::IAM::Role}. */
  String name();

  /** The properties that it knows; others are refused by name. */
  Shape.Structure properties();

  /** The attributes that it has. */
  Set<String> attributes();

  /** The properties that {@link #update} can change; a change of others makes a new resource. */
  Set<String> updatable();

  /** The property by which templates may choose its name, if there is one. */
  Optional<String> nameProperty();

  /** Whether a stack with it needs the caller's word that it may contain IAM resources. */
  default boolean isIam() {
    return false;
  }

  /**
   * Makes the resource; leaves nothing behind when it cannot.
   *
   * @param properties evaluated and fitted to {@link #properties}
   */
  Made create(StackContext context, String logicalId, Parameters properties);

  /** Changes the updatable properties of a resource; answers it as it is then. */
  Made update(StackContext context, Made made, Parameters before, Parameters after);

  /** Removes the resource. */
  void delete(StackContext context, Made made, Parameters properties);
}
