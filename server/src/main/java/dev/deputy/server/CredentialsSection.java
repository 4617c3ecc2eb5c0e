package dev.deputy.server;

import dev.deputy.access.NamePattern;
import dev.deputy.core.Credential;
import dev.deputy.core.Credential.Kind;
import dev.deputy.core.Credential.Value;
import dev.deputy.core.JobName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code credentials}: ids, kinds and where the values are. A secret that is written out here is
 * refused, and not shown.
 */
final class CredentialsSection {
  private static final List<String> KEYS = List.of("id", "kind", "jobs", "fileName");
  private static final List<String> VALUE_KEYS =
      List.of("env", "file", "secretsManager", "parameter", "field");

  private static final Form<String> ID =
      Form.matching("letters, digits, '_', '.', '/' or '-'", "[A-Za-z0-9_./-]{1,200}");
  private static final Form<Kind> KIND =
      Form.oneOf(Arrays.stream(Kind.values()).map(Kind::word).toArray(String[]::new))
          .then(word -> Kind.of(word).orElseThrow());
  private static final Form<String> JOB =
      Form.matching("the name of a job, or a pattern", "[A-Za-z0-9_.+*/-]+")
          .then(text -> NamePattern.of(text).toString());
  private static final Form<String> FILE_NAME =
      Form.matching("the name of a file, without folders", "[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
  private static final Form<String> VARIABLE =
      Form.matching("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]*");
  private static final Form<String> PLAIN = Form.text("text");
  private static final Form<String> AWS_NAME =
      Form.matching("a name or an ARN", "[A-Za-z0-9/][A-Za-z0-9/_+=.@:-]{0,2047}");

  /** What is no secret: as in Jenkins, people may see user names. */
  private static final List<String> OPEN = List.of("username", "accessKeyId");

  private final Path folder;
  private final Names<JobName> jobs;
  private final Map<String, Integer> lines = new HashMap<>();

  /**
   * @param folder that the file lies in
   */
  CredentialsSection(Path folder, Names<JobName> jobs) {
    this.folder = folder;
    this.jobs = jobs;
  }

  /** Those without a fault, in file order. */
  List<Configuration.ScopedCredential> read(List<YamlMapping> section) {
    List<Configuration.ScopedCredential> credentials = new ArrayList<>();
    section.forEach(m -> credential(m).ifPresent(credentials::add));
    return credentials;
  }

  private Optional<Configuration.ScopedCredential> credential(YamlMapping m) {
    Optional<String> id = m.required("id", ID);
    id.ifPresent(known -> m.once("id", known, lines));
    Optional<Kind> kind = m.required("kind", KIND);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    List<String> known = new ArrayList<>(KEYS);
    known.addAll(kind.get().required());
    known.addAll(kind.get().optional());
    m.allow(known);
    Map<String, Value> values = new LinkedHashMap<>();
    kind.get()
        .required()
        .forEach(field -> value(m, field, true).ifPresent(v -> values.put(field, v)));
    kind.get()
        .optional()
        .forEach(field -> value(m, field, false).ifPresent(v -> values.put(field, v)));
    List<String> patterns = m.optionalList("jobs", JOB.then(this::job));
    String fileName = m.optional("fileName", FILE_NAME).orElse(kind.get().word());
    return values.keySet().containsAll(kind.get().required())
        ? id.map(name ->
            new Configuration.ScopedCredential(
                new Credential(name, kind.get(), values, fileName), patterns))
        : Optional.empty();
  }

  private String job(String text) {
    if (text.indexOf('*') < 0) {
      jobs.require(text);
    }
    return text;
  }

  private Optional<Value> value(YamlMapping m, String field, boolean required) {
    if (!required && !m.has(field)) {
      return Optional.empty();
    }
    if (m.peek(field).isPresent()) {
      return written(m, field);
    }
    return m.requiredMapping(field).flatMap(this::reference);
  }

  private static Optional<Value> written(YamlMapping m, String field) {
    if (OPEN.contains(field)) {
      return m.required(field, PLAIN).map(Value.Plain::new);
    }
    m.problem(
        field,
        "where the value is",
        "a value written out",
        "secrets have no place in this file: write {env: NAME}, {file: PATH}, {secretsManager: ARN}"
            + " or {parameter: NAME}");
    return Optional.empty();
  }

  /** A place that the controller itself reads: {@code env} or {@code file}. */
  static Optional<Value> onController(YamlMapping m, Path folder) {
    m.allow(List.of("env", "file"));
    if (m.has("env") == m.has("file")) {
      m.problem("env", "either env or file", m.has("env") ? "both" : "neither", "");
      return Optional.empty();
    }
    return m.has("env") ? variable(m) : file(m, folder);
  }

  private static Optional<Value> variable(YamlMapping m) {
    return m.required("env", VARIABLE).map(Value.Environment::new);
  }

  private static Optional<Value> file(YamlMapping m, Path folder) {
    return m.required("file", Form.text("a path"))
        .map(path -> new Value.File(folder.resolve(path).normalize().toString()));
  }

  private Optional<Value> reference(YamlMapping m) {
    m.allow(VALUE_KEYS);
    List<String> given = VALUE_KEYS.stream().limit(4).filter(m::has).toList();
    if (given.size() != 1) {
      m.problem(
          "env",
          "one of env, file, secretsManager and parameter",
          given.isEmpty() ? "none of them" : String.join(" and ", given),
          "");
      return Optional.empty();
    }
    return switch (given.getFirst()) {
      case "env" -> variable(m);
      case "file" -> file(m, folder);
      case "parameter" -> m.required("parameter", AWS_NAME).map(Value.Parameter::new);
      default -> {
        Optional<String> part = m.optional("field", PLAIN);
        yield m.required("secretsManager", AWS_NAME).map(id -> new Value.SecretsManager(id, part));
      }
    };
  }
}
