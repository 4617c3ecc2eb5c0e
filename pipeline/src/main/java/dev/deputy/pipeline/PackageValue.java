package dev.deputy.pipeline;

/**
 * Classes of libraries below a package.
 *
 * @param path empty for all
 */
record PackageValue(String path) {}
