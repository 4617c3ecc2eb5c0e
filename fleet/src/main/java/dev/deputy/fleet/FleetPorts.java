package dev.deputy.fleet;

import dev.deputy.core.AgentIdentities;
import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildStore;
import dev.deputy.core.LaunchStore;
import dev.deputy.core.Tasks;

/** Everything outside that a fleet needs. */
public record FleetPorts(
    Tasks tasks,
    AgentIdentities identities,
    LaunchStore launches,
    BuildStore builds,
    AuditLog audit,
    AccessGate access) {}
