package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.jspecify.annotations.Nullable;

/** Groovy's classes into this package's own. */
final class ClassTranslator {
  private final Translation file;
  private final StatementTranslator statements;

  ClassTranslator(Translation file, StatementTranslator statements) {
    this.file = file;
    this.statements = statements;
  }

  ClassDeclaration translate(ClassNode node) {
    Position at = file.at(node);
    if (node.getAnnotations().stream().anyMatch(each -> isTrait(each.getClassNode()))) {
      file.refuse(at, "a trait is not supported", "use a class that others extend");
    } else {
      new Annotations(file).check(node.getAnnotations());
    }
    List<Script.Method> constructors =
        node.getDeclaredConstructors().stream().map(this::method).toList();
    Map<String, List<Script.Method>> methods = new LinkedHashMap<>();
    Statement.Block staticInitializer = new Statement.Block(at, List.of());
    for (MethodNode each : node.getMethods()) {
      if (each.getName().equals("<clinit>")) {
        staticInitializer = statements.block(each.getCode());
      } else {
        methods.computeIfAbsent(each.getName(), _ -> new ArrayList<>()).add(method(each));
      }
    }
    BlockStatement initializers = new BlockStatement();
    node.getObjectInitializerStatements().forEach(initializers::addStatement);
    return new ClassDeclaration(
        at,
        node.getName(),
        kind(node),
        parent(node, at),
        Arrays.stream(node.getInterfaces())
            .filter(each -> !isMarker(each.getName()))
            .map(each -> file.type(each, at))
            .toList(),
        node.getOuterClass() == null ? null : node.getOuterClass().getName(),
        node.getOuterClass() != null && !node.isStaticClass(),
        fields(node),
        constructors,
        methods,
        statements.block(initializers),
        staticInitializer);
  }

  private static boolean isTrait(ClassNode annotation) {
    return annotation.getName().equals("groovy.transform.Trait");
  }

  /** Interfaces that say nothing to pipelines. */
  private static boolean isMarker(String name) {
    return List.of("Serializable", "Cloneable", "GroovyObject", "Closeable", "AutoCloseable")
        .contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static ClassDeclaration.Kind kind(ClassNode node) {
    if (node.isEnum()) {
      return ClassDeclaration.Kind.ENUM;
    }
    return node.isInterface()
        ? ClassDeclaration.Kind.INTERFACE
        : node.isAbstract() ? ClassDeclaration.Kind.ABSTRACT : ClassDeclaration.Kind.CLASS;
  }

  private @Nullable TypeRef parent(ClassNode node, Position at) {
    ClassNode parent = node.getUnresolvedSuperClass(false);
    if (parent == null
        || node.isEnum()
        || parent.getName().matches("java\\.lang\\.(Object|Enum)")) {
      return null;
    }
    TypeRef type = file.type(parent, at);
    if (type instanceof Type known && known != Type.ANY && !known.isError()) {
      file.refuse(
          at,
          "a class that extends '" + known.displayName() + "' is not supported",
          "extend a class of the file, or an exception");
    }
    return type == Type.ANY ? null : type;
  }

  private List<ClassDeclaration.Field> fields(ClassNode node) {
    List<ClassDeclaration.Field> fields = new ArrayList<>();
    for (FieldNode field : node.getFields()) {
      if (!field.getName().contains("$")) {
        fields.add(field(field));
      }
    }
    return List.copyOf(fields);
  }

  private ClassDeclaration.Field field(FieldNode node) {
    Position at = file.at(node);
    new Annotations(file).check(node.getAnnotations());
    boolean constant = node.isEnum();
    var value = node.getInitialValueExpression();
    return new ClassDeclaration.Field(
        at,
        constant || node.isDynamicTyped() ? Type.ANY : file.type(node.getType(), at),
        node.getName(),
        value == null ? null : constant ? arguments(value, at) : statements.expression(value),
        node.isStatic(),
        node.isFinal(),
        constant);
  }

  /** What an enum's constant gives its constructor: always a list. */
  private Expression arguments(org.codehaus.groovy.ast.expr.Expression node, Position at) {
    if (node instanceof ListExpression || !(node instanceof MapExpression)) {
      Expression value = statements.expression(node);
      return value instanceof Expression.ListLiteral
          ? value
          : new Expression.ListLiteral(at, List.of(value));
    }
    return new Expression.ListLiteral(at, List.of(statements.expression(node)));
  }

  Script.Method method(MethodNode node) {
    Position at = file.at(node);
    new Annotations(file).check(node.getAnnotations());
    boolean untyped = node.isDynamicReturnType() || node.isVoidMethod();
    return new Script.Method(
        at,
        node.getName(),
        statements.parameters(node.getParameters()),
        untyped ? Type.ANY : returned(node, at),
        node.isStatic(),
        node.getCode() == null,
        statements.block(node.getCode()));
  }

  /** Type variables of a method ({@code <T> T f()}) are any type. */
  private TypeRef returned(MethodNode node, Position at) {
    return file.type(node.getReturnType(), at);
  }
}
