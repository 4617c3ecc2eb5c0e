package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.protocol.AgentMessage.TransferDone;
import dev.deputy.protocol.ControllerMessage.GetFiles;
import dev.deputy.protocol.ControllerMessage.PutFiles;
import dev.deputy.protocol.TransferId;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Moves files between workspace and controller as archives; the steps' account touches them. */
final class Transfers {
  private static final int MAX_NAMES = 256 << 20;
  private static final byte[] NOTHING = {};

  private final HttpClient http;
  private final URI base;
  private final String token;
  private final Workspace workspace;
  private final AccountCommand commands;
  private final Path lists;

  /**
   * @param base address that a transfer's id is added to
   * @param lists where lists of names are written, for the steps' account to read
   */
  Transfers(
      HttpClient http,
      URI base,
      String token,
      Workspace workspace,
      AccountCommand commands,
      Path lists) {
    this.http = http;
    this.base = base;
    this.token = token;
    this.workspace = workspace;
    this.commands = commands;
    this.lists = lists;
  }

  /** Sends files. */
  TransferDone put(PutFiles order) throws InterruptedException {
    TransferId id = order.transfer();
    Path list = lists.resolve(id.value() + ".names");
    try {
      Path dir = workspace.resolve(order.dir());
      List<String> names = names(dir, new AntPatterns(order.includes(), order.excludes()));
      Files.writeString(list, String.join("\0", names));
      list.toFile().setReadable(true, false);
      return new TransferDone(id, names.size(), send(id, dir, list), Optional.empty());
    } catch (IOException e) {
      return failed(id, e);
    } finally {
      list.toFile().delete();
    }
  }

  private List<String> names(Path dir, AntPatterns patterns)
      throws IOException, InterruptedException {
    List<String> find = List.of("find", ".", "(", "-type", "f", "-o", "-type", "l", ")", "-print0");
    String found = new String(commands.run(dir, find, NOTHING, MAX_NAMES), UTF_8);
    List<String> names = new ArrayList<>();
    for (String name : found.split("\0", -1)) {
      if (name.length() > 2 && patterns.match(name.substring(2))) {
        names.add(name);
      }
    }
    return names;
  }

  private long send(TransferId id, Path dir, Path list) throws IOException, InterruptedException {
    List<String> tar =
        List.of(
            "tar",
            "--create",
            "--gzip",
            "--format=pax",
            "--owner=0",
            "--group=0",
            "--numeric-owner",
            "--no-recursion",
            "--null",
            "--files-from=" + list,
            "--file=-");
    try (AccountCommand.Running running = commands.start(dir, tar)) {
      running.input().close();
      Counting archive = new Counting(running.output());
      HttpRequest request = request(id).POST(BodyPublishers.ofInputStream(() -> archive)).build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      running.await();
      require(response.statusCode());
      return archive.count;
    }
  }

  /** Fetches files. */
  TransferDone get(GetFiles order) throws InterruptedException {
    TransferId id = order.transfer();
    try {
      Path dir = workspace.resolve(order.dir());
      List<String> make = List.of("mkdir", "-p", "--", dir.toString());
      commands.run(workspace.path(), make, NOTHING, 0);
      HttpRequest request = request(id).GET().build();
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (Counting archive = new Counting(response.body())) {
        require(response.statusCode());
        int files = unpack(archive, dir, order.dir());
        return new TransferDone(id, files, archive.count, Optional.empty());
      }
    } catch (IOException e) {
      return failed(id, e);
    }
  }

  private int unpack(InputStream archive, Path dir, String name)
      throws IOException, InterruptedException {
    List<String> tar = List.of("tar", "--extract", "--no-same-owner", "--file=-");
    try (AccountCommand.Running running = commands.start(dir, tar)) {
      int files;
      try (OutputStream out = new BufferedOutputStream(running.input(), 64 << 10)) {
        InputStream plain = new BufferedInputStream(new GZIPInputStream(archive, 64 << 10));
        files = new Unpacking(workspace, name).copy(new TarReader(plain), out);
      }
      running.await();
      return files;
    }
  }

  private HttpRequest.Builder request(TransferId id) {
    return HttpRequest.newBuilder(base.resolve(id.value()))
        .header("Authorization", "Bearer " + token);
  }

  private static void require(int status) throws IOException {
    if (status / 100 != 2) {
      throw new IOException("the controller answered " + status);
    }
  }

  private static TransferDone failed(TransferId id, IOException e) {
    return new TransferDone(id, 0, 0, Optional.of(Reason.of(e)));
  }

  /** Counts what is read. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = in.read(bytes, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
