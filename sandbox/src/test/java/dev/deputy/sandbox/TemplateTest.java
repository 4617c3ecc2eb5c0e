package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class TemplateTest {
  private static final String HEAD =
      """
      Parameters:
        Name: {Type: String, Default: app}
        Subnets: {Type: CommaDelimitedList, Default: "a, b ,c"}
      Mappings:
        Sizes: {eu: {cpu: 512}}
      Conditions:
        IsApp: !Equals [!Ref Name, app]
        IsNot: !Not [{Condition: IsApp}]
        Both: !And [!Condition IsApp, !Condition IsNot]
        Either: !Or [!Condition IsApp, !Condition IsNot]
      Resources:
        Group: {Type: "AWS::Logs::LogGroup"}
        Parameter:
          Type: AWS::SSM::Parameter
          Properties:
            Value: %s
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          !Ref Name                                                  | "app"
          !Ref Group                                                 | "id of Group"
          !Ref AWS::AccountId                                        | "000000000000"
          {Ref: Subnets}                                             | ["a","b","c"]
          !GetAtt Group.Arn                                          | "Arn of Group"
          {"Fn::GetAtt": [Group, Arn]}                               | "Arn of Group"
          !Sub "${Name}-${Group}-${Group.Arn}-${!Left}-${AWS::Region}" | "app-id of Group-Arn of Group-${Left}-eu-west-1"
          !Sub ["${x}$1", {x: !Join ["-", [a, !Ref Name]]}]          | "a-app$1"
          !Join ["", [a, 1, true]]                                   | "a1true"
          !Join [",", !Ref Subnets]                                  | "a,b,c"
          !Select [1, !Split [":", "a:b:c"]]                         | "b"
          !Split [".", a.b]                                          | ["a","b"]
          !FindInMap [Sizes, eu, cpu]                                | 512
          !If [IsApp, yes it is, no]                                 | "yes it is"
          !If [IsNot, x, !If [Either, y, z]]                         | "y"
          !If [Both, x, y]                                           | "y"
          !ImportValue other                                         | "imported other"
          !Base64 abc                                                | "YWJj"
          {a: !Ref AWS::NoValue, b: [!Ref AWS::NoValue, 1], c: {Condition: {StringEquals: {x: !Ref Name}}}} | {"b":[1],"c":{"Condition":{"StringEquals":{"x":"app"}}}}
          0123                                                       | "0123"
          000000000000                                               | "000000000000"
          2012-10-17                                                 | "2012-10-17"
          1.0                                                        | "1.0"
          """)
  void expressionHasItsValue(String expression, String value) {
    assertThat(evaluate(HEAD.formatted(expression))).hasToString(json(value).toString());
  }

  @Test
  void jsonAndYamlMeanTheSame() {
    String json =
        """
        {"Parameters": {"Name": {"Type": "String", "Default": "app"}},
         "Resources": {"Parameter": {"Type": "AWS::SSM::Parameter",
           "Properties": {"Value": {"Fn::Sub": "${Name}!"}}}}}
        """;
    assertThat(evaluate(json)).isEqualTo(json("\"app!\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          !Ref Nothing            | Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template
          !Sub "${Nothing.Arn}"   | Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template
          !If [Nothing, 1, 2]     | Template format error: Unresolved condition dependency Nothing in the Resources block of the template
          !Cidr [a, 1, 2]         | Template error: function Fn::Cidr is not supported
          {"Fn::Foo": 1}          | Template error: function Fn::Foo is not supported
          !GetAtt Group           | Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute
          !Ref Parameter          | Circular dependency between resources: [Parameter]
          !Select [7, [a]]        | Template error: Fn::Select cannot select nonexistent value at index 7
          !FindInMap [Sizes, x, y]| Template error: Unable to get mapping for Sizes::x::y
          !Join [a]               | Template error: Fn::Join needs a list of 2
          """)
  void wrongExpressionIsNamed(String expression, String message) {
    assertThatThrownBy(() -> evaluate(HEAD.formatted(expression)))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `{"Resources": {}}`                                       | At least one Resources member must be defined
          `{"Resources": {"A-b": {"Type": "x"}}}`                   | Resource name A-b is non alphanumeric
          `{"Resources": {"A": {}}}`                                | must contain a Type member
          `{"Resources": {"A": {"Type": "x", "CreationPolicy": 1}}}` | Invalid template resource property 'CreationPolicy' of A
          `{"Rules": {}, "Resources": {"A": {"Type": "x"}}}`        | Invalid template property or properties [Rules]
          `{"Resources": {"A": {"Type": "x", "DeletionPolicy": "Snapshot"}}}` | Unrecognized DeletionPolicy Snapshot for resource A
          `{"Resources": {"A": {"Type": "x"}, "A": {"Type": "y"}}}` | Duplicate Object property "A"
          `Resources: {A: {Type: x}, A: {Type: y}}`                 | duplicate key A
          `Resources: {A: {Type: x, DependsOn: B}, B: {Type: x, DependsOn: A}}` | Circular dependency between resources: [A, B]
          `Parameters: {P: {Type: "AWS::EC2::VPC::Id"}}`            | Unrecognized parameter type: AWS::EC2::VPC::Id (parameter P)
          `Parameters: {P: {Type: String, Defalt: x}}`              | Parameter P: #: extraneous key [Defalt] is not permitted
          `Resources: &a {A: *a}`                                   | YAML aliases are not allowed
          `[1`                                                      | YAML not well-formed
          `{`                                                       | JSON not well-formed
          `- a`                                                     | unsupported structure
          `AWSTemplateFormatVersion: "2020-01-01"`                  | Template format version not supported
          """)
  void wrongTemplateIsNamed(String body, String message) {
    assertThatThrownBy(() -> Template.parse(body))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(message);
  }

  @Test
  void sizeAndDepthAreBounded() {
    assertThatThrownBy(() -> TemplateReader.read("a: " + "x".repeat(TemplateReader.MAX_BYTES)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("less than or equal to 51200");
    assertThatThrownBy(() -> TemplateReader.read("[".repeat(50_000)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> TemplateReader.read("{\"a\":".repeat(9_000)))
        .isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {Type: String}                                     |     | Parameters: [P] must have values
          {Type: String, AllowedValues: [a, b]}              | c   | Parameter 'P' must be one of AllowedValues
          {Type: String, AllowedPattern: "[a-z]+"}           | A   | Parameter 'P' must match pattern [a-z]+
          {Type: String, MinLength: 2}                       | a   | Parameter 'P' must contain at least 2 characters
          {Type: Number}                                     | a   | Parameter 'P' must be a number
          {Type: Number, MaxValue: 5}                        | 6   | Parameter 'P' must be a number not greater than 5
          {Type: "List<Number>"}                             | 1,x | Parameter 'P' must be a number
          {Type: Number, MinValue: 5, ConstraintDescription: five or more} | 4 | Parameter P failed to satisfy constraint: five or more
          """)
  void wrongParameterIsNamed(String declaration, String value, String message) {
    Map<String, TemplateParameter> declared =
        Map.of(
            "P", TemplateParameter.parse("P", TemplateReader.read("x: " + declaration).get("x")));
    Map<String, String> given = value == null ? Map.of() : Map.of("P", value);
    assertThatThrownBy(() -> TemplateParameter.resolve(declared, given))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @Test
  void unknownParameterIsNamed() {
    assertThatThrownBy(() -> TemplateParameter.resolve(Map.of(), Map.of("Q", "1")))
        .hasMessage("Parameters: [Q] do not exist in the template");
  }

  @Test
  void resourcesAreOrderedByTheirReferences() {
    Template template =
        Template.parse(
            """
            Resources:
              First: {Type: t, Properties: {x: !Ref Third}}
              Second: {Type: t, DependsOn: [First]}
              Third: {Type: t, Properties: {x: !Sub "${Fourth.Arn}"}}
              Fourth: {Type: t}
            """);
    assertThat(TemplateReferences.order(template, template.resources().keySet()))
        .containsExactly("Fourth", "Third", "First", "Second");
  }

  private static JsonNode evaluate(String body) {
    Template template = Template.parse(body);
    Map<String, JsonNode> values =
        new HashMap<>(TemplateParameter.resolve(template.parameters(), Map.of()));
    values.put("AWS::AccountId", JsonNodeFactory.instance.stringNode("000000000000"));
    values.put("AWS::Region", JsonNodeFactory.instance.stringNode("eu-west-1"));
    Template.Resource resource = template.resources().get("Parameter");
    assertThat(resource).isNotNull();
    return new TemplateEvaluation(template, values, new Surroundings())
        .properties(resource.properties())
        .get("Value");
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static final class Surroundings implements TemplateEvaluation.Surroundings {
    @Override
    public Optional<String> reference(String logicalId) {
      return Optional.of("id of " + logicalId);
    }

    @Override
    public Optional<String> attribute(TemplateAttribute attribute) {
      return Optional.of(attribute.name() + " of " + attribute.resource());
    }

    @Override
    public Optional<String> exported(String name) {
      return Optional.of("imported " + name);
    }
  }
}
