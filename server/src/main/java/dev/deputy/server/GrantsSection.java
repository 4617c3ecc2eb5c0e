package dev.deputy.server;

import dev.deputy.access.ApprovalRule;
import dev.deputy.access.Grant;
import dev.deputy.access.NamePattern;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code grants}: who may use which agent template. */
final class GrantsSection {
  static final List<String> KEYS =
      List.of("name", "jobs", "branches", "causes", "agents", "approvals");
  static final List<String> APPROVALS_KEYS = List.of("from", "count", "notStarter");

  private static final Form<String> NAME = Form.text("the grant's name");
  private static final Form<String> JOB =
      pattern("the name of a job under jobs, or a pattern", "[A-Za-z0-9_.+*/-]+");

  /** What git allows in a branch's name, which never holds a star. */
  private static final Form<String> BRANCH =
      pattern("a branch's name or pattern", "[^~^:?\\[\\\\]+");

  private static final Form<String> CAUSE = Form.oneOf("person");
  private static final Form<String> USER = Form.text("a user's name");

  private final Names<JobName> jobNames;
  private final Names<TemplateName> templates;
  private final Map<String, Integer> lines = new HashMap<>();

  GrantsSection(Names<JobName> jobNames, Names<TemplateName> templates) {
    this.jobNames = jobNames;
    this.templates = templates;
  }

  /** The grants that have no fault, in file order. */
  List<Grant> read(List<YamlMapping> section) {
    List<Grant> grants = new ArrayList<>();
    section.forEach(m -> grant(m).ifPresent(grants::add));
    return grants;
  }

  private Optional<Grant> grant(YamlMapping m) {
    m.allow(KEYS);
    Optional<String> name = m.required("name", NAME);
    name.ifPresent(known -> m.once("name", known, lines));
    List<String> jobs = m.requiredList("jobs", JOB.then(this::job));
    List<String> branches = m.optionalList("branches", BRANCH);
    List<String> causes = m.optionalList("causes", CAUSE);
    List<TemplateName> agents =
        m.requiredList("agents", templates.reference()).stream().flatMap(Optional::stream).toList();
    Optional<ApprovalRule> approvals =
        m.optionalMapping("approvals").flatMap(GrantsSection::approvals);
    return name.map(
        known -> new Grant(known, jobs, branches, causes, agents, approvals, m.source()));
  }

  /** A pattern may match nothing yet; a name without a star is a reference. */
  private String job(String text) {
    if (text.indexOf('*') < 0) {
      jobNames.require(text);
    }
    return text;
  }

  /** What matching takes for a pattern, and no character but these. */
  private static Form<String> pattern(String expected, String regex) {
    return Form.matching(expected, regex).then(text -> NamePattern.of(text).toString());
  }

  private static Optional<ApprovalRule> approvals(YamlMapping m) {
    m.allow(APPROVALS_KEYS);
    List<String> from = m.requiredList("from", USER);
    if (from.stream().distinct().count() < from.size()) {
      m.problem("from", "each user once", String.join(", ", from), "");
    }
    // Users with a fault count here: they are reported already.
    Optional<Integer> count = m.integer("count", 1, Math.max(1, m.size("from")), 1);
    Optional<Boolean> notStarter = m.bool("notStarter", true);
    return count
        .filter(c -> c <= from.size())
        .flatMap(c -> notStarter.map(n -> new ApprovalRule(from, c, n)));
  }
}
