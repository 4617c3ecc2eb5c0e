package dev.deputy.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The parts of a label expression. */
sealed interface LabelTerm {
  record Label(String name) implements LabelTerm {}

  record Not(LabelTerm operand) implements LabelTerm {}

  record And(List<LabelTerm> operands) implements LabelTerm {}

  record Or(List<LabelTerm> operands) implements LabelTerm {}

  default boolean matches(Set<String> labels) {
    return switch (this) {
      case Label(String name) -> labels.contains(name);
      case Not(LabelTerm operand) -> !operand.matches(labels);
      case And(List<LabelTerm> operands) -> operands.stream().allMatch(o -> o.matches(labels));
      case Or(List<LabelTerm> operands) -> operands.stream().anyMatch(o -> o.matches(labels));
    };
  }

  /** All that are named, in their order. */
  default Stream<String> labels() {
    return switch (this) {
      case Label(String name) -> Stream.of(name);
      case Not(LabelTerm operand) -> operand.labels();
      case And(List<LabelTerm> operands) -> operands.stream().flatMap(LabelTerm::labels);
      case Or(List<LabelTerm> operands) -> operands.stream().flatMap(LabelTerm::labels);
    };
  }
}
