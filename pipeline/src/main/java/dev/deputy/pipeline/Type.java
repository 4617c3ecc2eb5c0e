package dev.deputy.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types that pipeline code may name. They are names only: no class of the JVM stands behind
 * them for pipeline code.
 */
enum Type implements TypeRef {
  ANY("Object", "def", "var"),
  TEXT("String", "CharSequence", "GString"),
  INTEGER("Integer", "int", "short", "byte"),
  LONG("Long", "long"),
  BIG("BigInteger"),
  DECIMAL("BigDecimal"),
  DOUBLE("Double", "double"),
  FLOAT("Float", "float"),
  NUMBER("Number"),
  BOOLEAN("Boolean", "boolean"),
  COLLECTION("Collection", "Iterable", "java.util.Collection"),
  LIST(COLLECTION, "List", "ArrayList", "LinkedList", "java.util.List"),
  SET(COLLECTION, "Set", "LinkedHashSet", "HashSet", "java.util.Set"),
  MAP("Map", "LinkedHashMap", "HashMap", "TreeMap", "java.util.Map"),
  ENTRY("Map.Entry", "Entry"),
  CLOSURE("Closure"),
  FUNCTION(
      "functional interface",
      "Comparator",
      "Runnable",
      "Callable",
      "Function",
      "BiFunction",
      "Predicate",
      "Supplier",
      "Consumer"),
  VOID("void"),
  MATH("Math"),
  SYSTEM("System"),
  DATE("Date", "java.util.Date"),
  DATE_FORMAT("SimpleDateFormat", "java.text.SimpleDateFormat", "DateFormat"),
  TIME_ZONE("TimeZone", "java.util.TimeZone"),
  INSTANT("Instant", "java.time.Instant"),
  LOCAL_DATE("LocalDate", "java.time.LocalDate"),
  LOCAL_DATE_TIME("LocalDateTime", "java.time.LocalDateTime"),
  ZONED_DATE_TIME("ZonedDateTime", "java.time.ZonedDateTime", "OffsetDateTime"),
  FORMATTER("DateTimeFormatter", "java.time.format.DateTimeFormatter"),
  ZONE("ZoneId", "java.time.ZoneId"),
  DURATION("Duration", "java.time.Duration"),
  UNIT("ChronoUnit", "java.time.temporal.ChronoUnit", "TimeUnit"),
  LOCALE("Locale", "java.util.Locale"),
  TEXT_BUILDER("StringBuilder", "java.lang.StringBuilder", "StringBuffer", "StringWriter"),
  BASE64("Base64", "java.util.Base64"),
  URL_ENCODER("URLEncoder"),
  CHARSETS("StandardCharsets", "java.nio.charset.StandardCharsets"),
  UUID("UUID", "java.util.UUID"),
  RANDOM("Random", "java.util.Random", "SecureRandom"),
  JSON_OUTPUT("JsonOutput", "groovy.json.JsonOutput"),
  JSON_SLURPER("JsonSlurper", "groovy.json.JsonSlurper", "JsonSlurperClassic"),
  JSON_BUILDER("JsonBuilder", "groovy.json.JsonBuilder"),
  RESULT("Result", "hudson.model.Result"),
  STAGE_UTILS("Utils", "org.jenkinsci.plugins.pipeline.modeldefinition.Utils"),
  CAUSE("jenkins.model.CauseOfInterruption"),
  USER_INTERRUPTION(
      CAUSE,
      "jenkins.model.CauseOfInterruption$UserInterruption",
      "jenkins.model.CauseOfInterruption.UserInterruption"),
  EXCEEDED_TIMEOUT(
      CAUSE,
      "org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution$ExceededTimeout",
      "org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution.ExceededTimeout"),
  REJECTION(CAUSE, "org.jenkinsci.plugins.workflow.support.steps.input.Rejection"),
  FAIL_FAST(
      CAUSE,
      "org.jenkinsci.plugins.workflow.cps.steps.ParallelStep$FailFastCause",
      "org.jenkinsci.plugins.workflow.cps.steps.ParallelStep.FailFastCause"),
  CANCELLED(CAUSE, "org.jenkinsci.plugins.pipeline.milestone.CancelledCause"),
  USER("hudson.model.User"),
  THROWABLE(true, "Throwable"),
  EXCEPTION(THROWABLE, "Exception"),
  RUNTIME(EXCEPTION, "RuntimeException"),
  IO(EXCEPTION, "IOException"),
  FILE_NOT_FOUND(IO, "FileNotFoundException"),
  NO_SUCH_FILE(IO, "java.nio.file.NoSuchFileException", "NoSuchFileException"),
  ABORT(IO, "AbortException", "hudson.AbortException"),
  INTERRUPTED(EXCEPTION, "InterruptedException"),
  FLOW_INTERRUPTED(
      INTERRUPTED,
      "FlowInterruptedException",
      "org.jenkinsci.plugins.workflow.steps.FlowInterruptedException"),
  TIMEOUT(EXCEPTION, "TimeoutException", "java.util.concurrent.TimeoutException"),
  ILLEGAL_ARGUMENT(RUNTIME, "IllegalArgumentException"),
  NUMBER_FORMAT(ILLEGAL_ARGUMENT, "NumberFormatException"),
  ILLEGAL_STATE(RUNTIME, "IllegalStateException"),
  UNSUPPORTED(RUNTIME, "UnsupportedOperationException"),
  NULL_POINTER(RUNTIME, "NullPointerException"),
  OUT_OF_BOUNDS(RUNTIME, "IndexOutOfBoundsException"),
  ARRAY_OUT_OF_BOUNDS(OUT_OF_BOUNDS, "ArrayIndexOutOfBoundsException"),
  NO_SUCH_ELEMENT(RUNTIME, "NoSuchElementException", "java.util.NoSuchElementException"),
  CONCURRENT_CHANGE(
      RUNTIME, "ConcurrentModificationException", "java.util.ConcurrentModificationException"),
  PATTERN_SYNTAX(
      ILLEGAL_ARGUMENT, "PatternSyntaxException", "java.util.regex.PatternSyntaxException"),
  FORMAT(ILLEGAL_ARGUMENT, "IllegalFormatException", "java.util.IllegalFormatException"),
  MISSING_FORMAT_ARGUMENT(
      FORMAT, "MissingFormatArgumentException", "java.util.MissingFormatArgumentException"),
  FORMAT_CONVERSION(
      FORMAT, "IllegalFormatConversionException", "java.util.IllegalFormatConversionException"),
  TEXT_OUT_OF_BOUNDS(OUT_OF_BOUNDS, "StringIndexOutOfBoundsException"),
  ARITHMETIC(RUNTIME, "ArithmeticException"),
  CLASS_CAST(RUNTIME, "ClassCastException", "GroovyCastException"),
  MISSING_PROPERTY(RUNTIME, "MissingPropertyException", "groovy.lang.MissingPropertyException"),
  READ_ONLY(MISSING_PROPERTY, "groovy.lang.ReadOnlyPropertyException", "ReadOnlyPropertyException"),
  GROOVY_RUNTIME(RUNTIME, "groovy.lang.GroovyRuntimeException", "GroovyRuntimeException"),
  MISSING_METHOD(RUNTIME, "MissingMethodException", "groovy.lang.MissingMethodException"),
  JSON(RUNTIME, "groovy.json.JsonException", "JsonException"),
  PARSE(EXCEPTION, "java.text.ParseException", "ParseException"),
  DATE_TIME(RUNTIME, "java.time.DateTimeException", "DateTimeException", "DateTimeParseException"),
  ERROR(THROWABLE, "Error"),
  NO_SUCH_METHOD(ERROR, "NoSuchMethodError"),
  ASSERTION(ERROR, "AssertionError", "PowerAssertionError");

  private static final Map<String, Type> BY_NAME = new HashMap<>();

  static {
    for (Type type : values()) {
      for (String name : type.names) {
        BY_NAME.put(name, type);
      }
    }
  }

  private final @Nullable Type parent;
  private final boolean error;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> names;

  Type(String... names) {
    this(false, names);
  }

  Type(boolean error, String... names) {
    this.parent = null;
    this.error = error;
    this.names = List.of(names);
  }

  Type(Type parent, String... names) {
    this.parent = parent;
    this.error = parent.error;
    this.names = List.of(names);
  }

  /** The type of this name, with or without the package that Groovy finds it in by itself. */
  static Optional<Type> named(String name) {
    String plain =
        name.replaceFirst(
            "^(java\\.(util\\.function|util\\.concurrent|lang|util|io|math|net)|groovy\\.(lang|json))\\.",
            "");
    return Optional.ofNullable(BY_NAME.getOrDefault(name, BY_NAME.get(plain)));
  }

  /** Whether a class of this full name has one of these types inside of it. */
  static boolean isAround(String name) {
    return BY_NAME.keySet().stream().anyMatch(each -> each.startsWith(name + "$"));
  }

  /** Whether values of it can be thrown. */
  boolean isError() {
    return error;
  }

  /** Whether this is {@code other} or one of its subtypes. */
  boolean is(Type other) {
    return this == other || other == ANY || (parent != null && parent.is(other));
  }

  @Override
  public String displayName() {
    return names.getFirst();
  }

  /** As Groovy prints it: {@code hudson.AbortException}, {@code java.lang.Exception}. */
  String qualifiedName() {
    String home = is(IO) ? "java.io." : "java.lang.";
    return names.stream()
        .filter(name -> name.contains("."))
        .findFirst()
        .orElse(home + names.getFirst());
  }
}
