package dev.deputy.builds;

import dev.deputy.core.Credential;
import dev.deputy.core.Credential.Kind;
import dev.deputy.core.Credential.Value;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.JobName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Credentials in memory. Each value has the word {@code secret} in it, so that it can be found. */
final class TestCredentials implements CredentialStore {
  static final String PASSWORD = "pa55-secret'quoted";
  static final String TOKEN = "t0ken-secret-7d1f";
  static final String KEY =
      "-----BEGIN KEY-----\nc2VjcmV0IGtleSBvZiBzZWNyZXRz\n-----END KEY-----\n";
  static final String FILE = "apiVersion: v1\ntoken: file-secret-0815-4711\n";

  private final Map<String, Credential> credentials = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  TestCredentials() {
    add("token", Kind.STRING, Map.of("secret", TOKEN));
    add("login", Kind.USERNAME_PASSWORD, Map.of("username", "ann", "password", PASSWORD));
    add("config", Kind.FILE, Map.of("content", FILE));
    add("key", Kind.SSH_USER_PRIVATE_KEY, Map.of("username", "git", "privateKey", KEY));
    add("cloud", Kind.AWS, Map.of("accessKeyId", "AKIA1", "secretAccessKey", TOKEN));
    onAgent("far", new Value.SecretsManager("arn:aws:secretsmanager:x", Optional.empty()));
    onAgent("field", new Value.SecretsManager("json", Optional.of("password")));
    onAgent("parameter", new Value.Parameter("/shop/token"));
  }

  private void add(String id, Kind kind, Map<String, String> fields) {
    Map<String, Value> references = new LinkedHashMap<>();
    fields.forEach((field, value) -> {
      references.put(field, new Value.Environment(id + "/" + field));
      values.put(id + "/" + field, value);
    });
    credentials.put(id, new Credential(id, kind, references, "config.yml"));
  }

  private void onAgent(String id, Value value) {
    credentials.put(id, new Credential(id, Kind.STRING, Map.of("secret", value), "file"));
  }

  @Override
  public Optional<Credential> find(JobName job, String id) {
    return Optional.ofNullable(credentials.get(id));
  }

  @Override
  public List<String> ids(JobName job) {
    return new ArrayList<>(credentials.keySet());
  }

  @Override
  public byte[] read(Value value) throws IOException {
    if (value instanceof Value.Environment(String name)) {
      return values.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8);
    }
    throw new IOException("read by agents");
  }
}
