package dev.deputy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code deputy} command. */
@Command(
    name = "deputy",
    mixinStandardHelpOptions = true,
    version = "deputy " + Deputy.VERSION,
    description =
        "Runs Jenkinsfiles on ephemeral ECS agents, each bound to exactly one AWS account.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      ServeCommand.class,
      SubmitCommand.class,
      StatusCommand.class,
      AnswerCommand.class,
      AbortCommand.class,
      SandboxCommand.class,
      InfraCommand.class,
      LintCommand.class,
      InitCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:success",
      " 1:the build failed; a stack could not be deployed",
      " 2:the build is unstable",
      " 3:access was denied",
      " 4:infra diff found differences",
      "64:wrong usage",
      "65:bad input: configuration or Jenkinsfile",
      "70:a fault of Deputy",
      "75:something outside is unavailable, try again",
      "130:aborted"
    })
public final class Deputy {
  static final String VERSION = "0.1.0";

  private static final int HELP_WIDTH = 100;

  private Deputy() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command with everything that belongs to it, for tests as well. */
  public static CommandLine commandLine() {
    return new CommandLine(new Deputy())
        .setParameterExceptionHandler(Deputy::usage)
        .setExecutionExceptionHandler(Deputy::failed)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH);
  }

  private static int usage(CommandLine.ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("deputy: " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitStatus.USAGE.code();
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof CommandFailed failure) {
      if (OutputOption.isJson(command)) {
        JsonView.print(System.out, failure.json(Clock.systemUTC().instant()));
      } else {
        err.println(failure.getMessage());
      }
      return failure.status().code();
    }
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    err.println("deputy: a fault of Deputy itself; please report it with these lines:");
    err.println(trace);
    return ExitStatus.FAULT.code();
  }
}
