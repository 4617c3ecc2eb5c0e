package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.flag;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.secret;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Systems Manager's parameter store, standard tier. */
final class SsmService implements Service {
  static final Api API =
      new Api("ssm", Protocol.JSON, "2014-11-06", List.of("AmazonSSM"), "ValidationException");

  /**
   * One version of a parameter.
   *
   * @param sealed what a SecureString shows without decryption
   */
  private record Stored(
      String name,
      String type,
      String value,
      String sealed,
      String description,
      long version,
      Instant changed,
      String changedBy,
      Map<String, String> tags) {}

  /** The parameters of one account and region by name. */
  private final Regional<ConcurrentSkipListMap<String, Stored>> stores =
      new Regional<>(ConcurrentSkipListMap::new);

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(reading());
    Shape tag = structure(need("Key", text(1, 128)), need("Value", text(0, 256)));
    actions.add(
        new Action(
            "PutParameter",
            false,
            structure(
                need("Name", text(1, 2048)),
                need("Value", secret(1, 4096)),
                may("Type", oneOf("String", "StringList", "SecureString")),
                may("Overwrite", flag()),
                may("Description", text(0, 1024)),
                may("Tags", list(tag, 0, 50)),
                may("Tier", oneOf("Standard")),
                may("DataType", oneOf("text"))),
            this::putting,
            this::putParameter));
    actions.add(
        Action.write(
            "DeleteParameter",
            structure(need("Name", text(1, 2048))),
            onParameter("ssm:DeleteParameter"),
            this::deleteParameter));
    return actions;
  }

  private List<Action> reading() {
    Shape.Field decryption = may("WithDecryption", flag());
    Shape.Field token = may("NextToken", text(1, 4096));
    return List.of(
        Action.read(
            "GetParameter",
            structure(need("Name", text(1, 2048)), decryption),
            onParameter("ssm:GetParameter"),
            this::getParameter),
        new Action(
            "GetParameters",
            true,
            structure(need("Names", list(text(1, 2048), 1, 10)), decryption),
            call ->
                call.parameters().texts("Names").stream()
                    .map(name -> permission(call, "ssm:GetParameters", name))
                    .toList(),
            this::getParameters),
        Action.read(
            "GetParametersByPath",
            structure(
                need("Path", text(1, 2048)),
                may("Recursive", flag()),
                decryption,
                may("MaxResults", whole(1, 10)),
                token),
            call -> permission(call, "ssm:GetParametersByPath", call.parameters().text("Path")),
            this::getParametersByPath),
        Action.read(
            "DescribeParameters",
            structure(may("MaxResults", whole(1, 50)), token),
            call -> Permission.of("ssm:DescribeParameters", call.arn("*")),
            this::describeParameters));
  }

  private Function<Call, Permission> onParameter(String action) {
    return call -> permission(call, action, call.parameters().text("Name"));
  }

  private Permission permission(Call call, String action, String name) {
    String plain = SsmNames.plain(SsmNames.named(call, name));
    return Permission.of(action, SsmNames.arn(call, plain))
        .withResourceTags(
            Optional.ofNullable(stores.of(call).get(plain)).map(Stored::tags).orElse(Map.of()));
  }

  private List<Permission> putting(Call call) {
    Map<String, String> tags = Call.tags(call.parameters().list("Tags"), "Key", "Value");
    boolean overwrite = call.parameters().flag("Overwrite", false);
    Permission put =
        permission(call, "ssm:PutParameter", call.parameters().text("Name"))
            .withRequestTags(tags)
            .with("ssm:Overwrite", Boolean.toString(overwrite));
    return tags.isEmpty() ? List.of(put) : List.of(put, put.to("ssm:AddTagsToResource"));
  }

  private ObjectNode putParameter(Call call) {
    Parameters p = call.parameters();
    String name = p.text("Name");
    SsmNames.require(name);
    if (p.flag("Overwrite", false) && p.has("Tags")) {
      throw API.invalid(
          "Invalid request: tags and overwrite can't be used together. To create a parameter with"
              + " tags, please remove overwrite flag.");
    }
    Stored stored =
        stores.of(call).compute(name, (_, existing) -> put(call, Optional.ofNullable(existing)));
    call.touches("AWS::SSM::Parameter", SsmNames.arn(call, name));
    return Call.object().put("Version", stored.version()).put("Tier", "Standard");
  }

  private static Stored put(Call call, Optional<Stored> existing) {
    Parameters p = call.parameters();
    if (existing.isPresent() && !p.flag("Overwrite", false)) {
      throw AwsException.of(
          "ParameterAlreadyExists",
          "The parameter already exists. To overwrite this value, set the overwrite option in the"
              + " request to true.");
    }
    String type =
        p.optionalText("Type")
            .or(() -> existing.map(Stored::type))
            .orElseThrow(
                () -> API.invalid("A parameter type is required when you create a parameter."));
    if (existing.isPresent() && !existing.get().type().equals(type)) {
      throw AwsException.of(
          "HierarchyTypeMismatchException", "The type of a parameter cannot be changed.");
    }
    return new Stored(
        p.text("Name"),
        type,
        p.text("Value"),
        Ids.secret(120),
        p.optionalText("Description").or(() -> existing.map(Stored::description)).orElse(""),
        existing.map(Stored::version).orElse(0L) + 1,
        call.time(),
        call.caller().identity().arn(),
        existing.map(Stored::tags).orElseGet(() -> Call.tags(p.list("Tags"), "Key", "Value")));
  }

  private ObjectNode getParameter(Call call) {
    String selected = call.parameters().text("Name");
    Stored stored =
        find(call, selected)
            .orElseThrow(() ->
                AwsException.of(
                    "ParameterNotFound", "The parameter %s was not found.".formatted(selected)));
    return Call.object().set("Parameter", view(call, stored));
  }

  private ObjectNode getParameters(Call call) {
    ObjectNode answer = Call.object();
    ArrayNode found = answer.putArray("Parameters");
    ArrayNode invalid = answer.putArray("InvalidParameters");
    for (String name : call.parameters().texts("Names").stream().distinct().toList()) {
      find(call, name)
          .ifPresentOrElse(stored -> found.add(view(call, stored)), () -> invalid.add(name));
    }
    return answer;
  }

  private ObjectNode getParametersByPath(Call call) {
    Parameters p = call.parameters();
    String path = p.text("Path");
    if (!path.startsWith("/")) {
      throw API.invalid("The parameter doesn't meet the parameter name requirements: " + path);
    }
    String folder = path.endsWith("/") ? path : path + "/";
    boolean recursive = p.flag("Recursive", false);
    List<Stored> inside =
        stores.of(call).tailMap(folder).values().stream()
            .takeWhile(stored -> stored.name().startsWith(folder))
            .filter(stored -> recursive || stored.name().indexOf('/', folder.length()) < 0)
            .toList();
    return page(call, inside, 10, stored -> view(call, stored));
  }

  private ObjectNode describeParameters(Call call) {
    return page(
        call,
        List.copyOf(stores.of(call).values()),
        50,
        stored -> {
          ObjectNode view =
              Call.object()
                  .put("Name", stored.name())
                  .put("ARN", SsmNames.arn(call, stored.name()))
                  .put("Type", stored.type())
                  .put("LastModifiedDate", Times.seconds(stored.changed()))
                  .put("LastModifiedUser", stored.changedBy())
                  .put("Version", stored.version())
                  .put("Tier", "Standard")
                  .put("DataType", "text");
          return stored.description().isEmpty()
              ? view
              : view.put("Description", stored.description());
        });
  }

  private ObjectNode deleteParameter(Call call) {
    String name = call.parameters().text("Name");
    if (stores.of(call).remove(name) == null) {
      throw AwsException.of("ParameterNotFound", "The parameter %s was not found.".formatted(name));
    }
    call.touches("AWS::SSM::Parameter", SsmNames.arn(call, name));
    return Call.object();
  }

  private static ObjectNode page(
      Call call, List<Stored> sorted, int size, Function<Stored, ObjectNode> view) {
    Page<Stored> page;
    try {
      page =
          Page.of(
              sorted,
              Stored::name,
              Comparator.naturalOrder(),
              call.parameters().optionalText("NextToken"),
              call.parameters().whole("MaxResults", size));
    } catch (IllegalArgumentException _) {
      throw AwsException.of("InvalidNextToken", "The specified token isn't valid.");
    }
    ObjectNode answer = Call.object();
    ArrayNode parameters = answer.putArray("Parameters");
    page.items().forEach(stored -> parameters.add(view.apply(stored)));
    page.next().ifPresent(token -> answer.put("NextToken", token));
    return answer;
  }

  /** Only the newest version is kept, so another one that is asked for is not found. */
  private Optional<Stored> find(Call call, String given) {
    String selected = SsmNames.named(call, given);
    Optional<Stored> newest = Optional.ofNullable(stores.of(call).get(SsmNames.plain(selected)));
    String selector = selected.substring(SsmNames.plain(selected).length());
    return newest.filter(stored -> selector.isEmpty() || selector.equals(":" + stored.version()));
  }

  private static ObjectNode view(Call call, Stored stored) {
    boolean hidden =
        stored.type().equals("SecureString") && !call.parameters().flag("WithDecryption", false);
    return Call.object()
        .put("Name", stored.name())
        .put("Type", stored.type())
        .put("Value", hidden ? stored.sealed() : stored.value())
        .put("Version", stored.version())
        .put("LastModifiedDate", Times.seconds(stored.changed()))
        .put("ARN", SsmNames.arn(call, stored.name()))
        .put("DataType", "text");
  }
}
