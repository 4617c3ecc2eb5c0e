package dev.deputy.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What all steps of a session share.
 *
 * @param scripts where scripts are written, for steps to read
 * @param environment what every step's environment starts from
 * @param cookie the beginning of the value that marks the processes of this agent's steps
 * @param grace how long processes have between being asked to end and being ended
 */
record StepTools(
    Attempts attempts,
    Path scripts,
    Workspace workspace,
    StepAccount account,
    AccountCommand commands,
    Map<String, String> environment,
    StepCredentials credentials,
    Secrets secrets,
    String cookie,
    Duration grace,
    StepOutput.Limits limits) {}
