package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.FileContent;
import dev.deputy.protocol.AgentMessage.FileFailed;
import dev.deputy.protocol.AgentMessage.FileState;
import dev.deputy.protocol.ControllerMessage.DeleteDirectory;
import dev.deputy.protocol.ControllerMessage.FileExists;
import dev.deputy.protocol.ControllerMessage.ReadFile;
import dev.deputy.protocol.ControllerMessage.WriteFile;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.RequestId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small operations on files of the machine, done by the steps' account. */
final class FileOperations {
  private static final byte[] NOTHING = {};

  private final Workspace workspace;
  private final AccountCommand commands;
  private final Secrets secrets;

  FileOperations(Workspace workspace, AccountCommand commands, Secrets secrets) {
    this.workspace = workspace;
    this.commands = commands;
    this.secrets = secrets;
  }

  AgentMessage read(ReadFile order) throws InterruptedException {
    return answer(
        order.request(),
        () -> {
          String path = workspace.locate(order.path()).toString();
          byte[] content = run(Protocol.MAX_CONTENT, "cat", "--", path);
          return new FileContent(
              order.request(), ByteBuffer.wrap(content), secrets.recognise(content));
        });
  }

  AgentMessage write(WriteFile order) throws InterruptedException {
    return answer(
        order.request(),
        () -> {
          Path path = workspace.locate(order.path());
          byte[] content = new byte[order.content().remaining()];
          order.content().get(content);
          String mask = order.secret() ? "umask 077; rm -f -- \"$2\"; " : "";
          String script = mask + "mkdir -p -- \"$1\" && cat > \"$2\"";
          String parent = Optional.ofNullable(path.getParent()).orElse(path).toString();
          List<String> command = List.of("sh", "-c", script, "sh", parent, path.toString());
          commands.run(workspace.path(), command, content, 0);
          return new FileState(order.request(), true);
        });
  }

  AgentMessage exists(FileExists order) throws InterruptedException {
    return answer(
        order.request(),
        () -> {
          String path = workspace.locate(order.path()).toString();
          byte[] found = run(1, "sh", "-c", "if test -e \"$1\"; then printf 1; fi", "sh", path);
          return new FileState(order.request(), found.length > 0);
        });
  }

  AgentMessage delete(DeleteDirectory order) throws InterruptedException {
    return answer(
        order.request(),
        () -> {
          Path path = workspace.locate(order.path());
          boolean stays = path.equals(workspace.path()) || path.equals(workspace.temporary());
          if (stays) {
            String each = "-mindepth 1 -maxdepth 1 -exec rm -rf -- {} +";
            run(0, "sh", "-c", "find \"$1\" " + each, "sh", path.toString());
          } else {
            run(0, "rm", "-rf", "--", path.toString());
          }
          return new FileState(order.request(), stays);
        });
  }

  private byte[] run(int max, String... command) throws IOException, InterruptedException {
    return commands.run(workspace.path(), List.of(command), NOTHING, max);
  }

  private interface Operation {
    AgentMessage run() throws IOException, InterruptedException;
  }

  private static AgentMessage answer(RequestId request, Operation operation)
      throws InterruptedException {
    try {
      return operation.run();
    } catch (IOException e) {
      return new FileFailed(request, Reason.of(e));
    }
  }
}
