package dev.deputy.builds;

import java.util.List;

/** Steps around files and data. */
final class DataSteps {
  private DataSteps() {}

  static List<Step> all() {
    return List.of(
        new FindFilesStep(),
        new CompareVersionsStep(),
        new ReadJsonStep(),
        new WriteJsonStep(),
        new ReadYamlStep(),
        new WriteYamlStep(),
        new ReadPropertiesStep(),
        new ReadCsvStep(),
        new WriteCsvStep(),
        new ReadMavenPomStep(),
        new WriteMavenPomStep(),
        new CleanWsStep());
  }
}
