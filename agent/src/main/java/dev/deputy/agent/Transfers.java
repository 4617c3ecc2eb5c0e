package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage.TransferDone;
import dev.deputy.protocol.AntPatterns;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.GetFiles;
import dev.deputy.protocol.ControllerMessage.PutFiles;
import dev.deputy.protocol.TransferId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** Moves files between workspace and controller as archives. */
final class Transfers {
  private static final int REMEMBERED = 1_000;

  private final HttpClient http;
  private final URI base;
  private final String token;
  private final Archives archives;

  /** The answers to the last orders, given or to come: an order may be repeated. */
  private final Map<ControllerMessage, CompletableFuture<TransferDone>> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(
                Map.Entry<ControllerMessage, CompletableFuture<TransferDone>> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * @param base address that a transfer's id is added to
   */
  Transfers(HttpClient http, URI base, String token, Archives archives) {
    this.http = http;
    this.base = base;
    this.token = token;
    this.archives = archives;
  }

  /** Sends files, once however often it is ordered; the answer is the same. */
  TransferDone put(PutFiles order) throws InterruptedException {
    return once(order, () -> doPut(order));
  }

  /** Fetches files, once however often it is ordered; the answer is the same. */
  TransferDone get(GetFiles order) throws InterruptedException {
    return once(order, () -> doGet(order));
  }

  /** Moves files. */
  private interface Move {
    TransferDone run() throws InterruptedException;
  }

  private TransferDone once(ControllerMessage order, Move move) throws InterruptedException {
    var answer = new CompletableFuture<TransferDone>();
    CompletableFuture<TransferDone> before = known.putIfAbsent(order, answer);
    if (before == null) {
      try {
        answer.complete(move.run());
      } finally {
        answer.completeExceptionally(new IllegalStateException("the transfer broke off"));
      }
      before = answer;
    }
    try {
      return before.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a transfer failed", e);
    }
  }

  private TransferDone doPut(PutFiles order) throws InterruptedException {
    TransferId id = order.transfer();
    AtomicLong bytes = new AtomicLong();
    try {
      AntPatterns patterns = new AntPatterns(order.includes(), order.excludes());
      int files =
          archives.pack(id.value(), order.dir(), patterns, archive -> bytes.set(send(id, archive)));
      return new TransferDone(id, files, bytes.get(), Optional.empty());
    } catch (IOException e) {
      return failed(id, e);
    }
  }

  private long send(TransferId id, InputStream content) throws IOException, InterruptedException {
    Counting archive = new Counting(content);
    HttpRequest request = request(id).POST(BodyPublishers.ofInputStream(() -> archive)).build();
    require(http.send(request, BodyHandlers.ofString()).statusCode());
    return archive.count;
  }

  private TransferDone doGet(GetFiles order) throws InterruptedException {
    TransferId id = order.transfer();
    try {
      HttpRequest request = request(id).GET().build();
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (Counting archive = new Counting(response.body())) {
        require(response.statusCode());
        int files = archives.unpack(archive, order.dir());
        return new TransferDone(id, files, archive.count, Optional.empty());
      }
    } catch (IOException e) {
      return failed(id, e);
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
