package dev.deputy.awssteps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.protocol.Json;
import dev.deputy.protocol.ProtocolException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code deputy-aws OPERATION…}: runs an operation with the arguments of the variable {@value
 * #ARGUMENTS}, a JSON object. What it says goes to standard error. Standard output is one JSON
 * object: the {@code value}, or the {@code error} with exit status 1. Of several operations the
 * answer is the last one's; they are for the training of an installation.
 *
 * <p>Credentials, Region and endpoint come from the environment, as for any AWS tool.
 */
public final class Program {
  static final String ARGUMENTS = "DEPUTY_AWS_ARGUMENTS";
  private static final int USAGE = 64;

  private Program() {}

  /** See the class. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, UTF_8);
    PrintStream log = new PrintStream(System.err, true, UTF_8);
    if (arguments.length > 0 && arguments[0].equals("ecr-password")) {
      System.exit(password(arguments, out, log));
    }
    if (arguments.length == 0) {
      log.println("usage: deputy-aws " + String.join("|", Operations.names()));
      System.exit(USAGE);
    }
    String given = System.getenv().getOrDefault(ARGUMENTS, "{}");
    Map<String, Object> answer = Map.of();
    for (String operation : arguments) {
      answer = answer(operation, given, new Log(log));
    }
    out.println(Json.text(answer));
    out.flush();
    System.exit(answer.containsKey("error") ? 1 : 0);
  }

  /** Prints nothing but the password: it is for {@code docker login --password-stdin}. */
  private static int password(String[] arguments, PrintStream out, PrintStream log) {
    try {
      out.print(
          EcrLogin.password(arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty()));
      out.flush();
      return 0;
    } catch (OperationFailed | SdkException e) {
      log.println("deputy-aws: " + reason(e));
      return 1;
    }
  }

  /** Runs an operation; never throws. */
  static Map<String, Object> answer(String operation, String arguments, Log log) {
    Map<String, Object> answer = new LinkedHashMap<>();
    try {
      Arguments given = new Arguments(Json.object(arguments));
      Operations.named(operation).run(given, log).ifPresent(value -> answer.put("value", value));
    } catch (OperationFailed | SdkException | ProtocolException | IOException e) {
      answer.put("error", reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.put("error", "interrupted");
    }
    return answer;
  }

  /** AWS's own words with their code, without the SDK's around them. */
  static String reason(Exception e) {
    if (e instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
      String code = refused.awsErrorDetails().errorCode();
      String message = refused.awsErrorDetails().errorMessage();
      return (code == null || code.isEmpty() ? "HTTP " + refused.statusCode() : code)
          + (message == null || message.isEmpty() ? "" : ": " + message);
    }
    String message = e.getMessage();
    return message == null || message.isEmpty() ? e.getClass().getSimpleName() : message;
  }
}
