package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.deputy.builds.Block.Variable;
import dev.deputy.core.BuildRecord;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.testkit.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockTest {
  private static final BuildRecord BUILD = Samples.newBuild("folder/shop").queued(7);

  @TempDir Path folder;
  private final BuildEnvironment environment =
      BuildEnvironment.of(
          BUILD, new BuildParameters(Map.of("VERSION", "1.4", "DRY_RUN", true), Set.of()));
  private final Block root = Block.root(environment);

  private Workplace workplace() {
    var agent = new LocalAgent(Samples.launch(BUILD.id()), folder, () -> {});
    return Workplace.of(agent, Bench.settings().templates().getFirst());
  }

  @Test
  void theBuildIsDescribedUnderJenkinsNames() {
    assertThat(root.environment())
        .containsEntry("JOB_NAME", "folder/shop")
        .containsEntry("JOB_BASE_NAME", "shop")
        .containsEntry("BUILD_NUMBER", "7")
        .containsEntry("BUILD_ID", "7")
        .containsEntry("BUILD_TAG", "jenkins-folder-shop-7")
        .containsEntry("BRANCH_NAME", "main")
        .containsEntry("GIT_BRANCH", "main")
        .containsEntry("GIT_COMMIT", Samples.COMMIT)
        .containsEntry("CI", "true")
        .containsEntry("VERSION", "1.4")
        .containsEntry("DRY_RUN", "true");
  }

  @Test
  void parametersCannotStandInForWhatDeputySays() {
    var parameters = new BuildParameters(Map.of("BRANCH_NAME", "other"), Set.of());
    assertThat(Block.root(BuildEnvironment.of(BUILD, parameters)).environment())
        .containsEntry("BRANCH_NAME", "main");
  }

  @Test
  void theInnermostWithEnvWins() {
    environment.assign("A", "assigned");
    Block block =
        root.with(List.of(new Variable("A", "outer"))).with(List.of(new Variable("A", "inner")));
    assertThat(root.environment()).containsEntry("A", "assigned");
    assertThat(block.environment()).containsEntry("A", "inner");
  }

  @Test
  void pathPlusOutsideOfAnAgentGoesBeforeTheAgentsPath() {
    Block block = root.with(List.of(new Variable("PATH+TOOL", "/opt/tool/bin"))).on(workplace());
    assertThat(block.environment())
        .containsEntry("PATH", "/opt/tool/bin:" + System.getenv("PATH"))
        .doesNotContainKey("PATH+TOOL");
  }

  @Test
  void anAgentBringsItsEnvironmentAndTheBuildMayOverrideIt() {
    Block block = root.on(workplace());
    assertThat(block.environment())
        .containsEntry("WORKSPACE", folder.toString())
        .containsEntry("NODE_LABELS", "builder linux")
        .containsEntry("AWS_REGION", "eu-west-1")
        .containsKey("NODE_NAME");
    environment.assign("AWS_REGION", "us-east-1");
    assertThat(block.environment()).containsEntry("AWS_REGION", "us-east-1");
  }

  @ParameterizedTest
  @CsvSource({"'', a/b, a/b", "a, b/../c, a/c", "a, .., ''", "a, '', a"})
  void pathsStartFromTheCurrentDirectory(String dir, String path, String resolved) {
    assertThat(workplace().resolve(dir, path)).isEqualTo(resolved);
  }

  @Test
  void absolutePathsInsideTheWorkspaceAreFine() {
    assertThat(workplace().resolve("a", folder + "/b")).isEqualTo("b");
  }

  @Test
  void pathsThatLeadOutOfTheWorkspaceAreAbsolute() {
    Path beside = folder.resolveSibling("x");
    assertThat(workplace().resolve("", "../x")).isEqualTo(beside.toString());
    assertThat(workplace().resolve("a", "../../x")).isEqualTo(beside.toString());
    assertThat(workplace().resolve("/opt/a", "../b")).isEqualTo("/opt/b");
    assertThat(workplace().resolve("/opt/a", folder + "/b")).isEqualTo("b");
    assertThat(workplace().absolute("/etc/passwd")).isEqualTo("/etc/passwd");
    assertThat(workplace().absolute("a")).isEqualTo(folder + "/a");
  }

  @Test
  void textsThatAreNoPathsAreRefused() {
    assertThatExceptionOfType(StepFailed.class).isThrownBy(() -> workplace().resolve("", "a\0b"));
  }
}
