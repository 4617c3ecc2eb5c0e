package dev.deputy.iam;

/** A policy document with the name or ARN by which explanations call it. */
public record NamedPolicy(String name, PolicyDocument document) {}
