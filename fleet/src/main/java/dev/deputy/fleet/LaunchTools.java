package dev.deputy.fleet;

import dev.deputy.core.ControllerId;
import dev.deputy.core.Tasks;
import java.net.URI;
import java.time.InstantSource;

/**
 * What every launch needs.
 *
 * @param url where agents find the controller
 * @param sweep looks for tasks that nobody knows of
 */
record LaunchTools(
    ControllerId controller,
    URI url,
    Tasks tasks,
    LaunchQueue queue,
    LaunchBook book,
    AccessGate access,
    Roster roster,
    TaskWatch watch,
    Endings endings,
    Runnable sweep,
    FleetSettings.Launching settings,
    InstantSource clock) {}
