package dev.deputy.fleet;

import java.time.InstantSource;

/** What every agent's session needs. */
record AgentTools(
    TaskWatch watch,
    Endings endings,
    CredentialIssue credentials,
    TransferDesk desk,
    FleetSettings settings,
    InstantSource clock) {}
