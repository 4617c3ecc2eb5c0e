package dev.deputy.awssteps;

import java.io.IOException;
import java.util.Optional;

/** One thing that pipelines have done in AWS. */
@FunctionalInterface
interface Operation {
  /**
   * Does it.
   *
   * @return its value, of the types that {@link dev.deputy.protocol.Json} writes; empty for none
   * @throws OperationFailed where the pipeline asked for something that is not possible
   * @throws software.amazon.awssdk.core.exception.SdkException where AWS refuses
   */
  Optional<Object> run(Arguments arguments, Log log) throws IOException, InterruptedException;
}
