package dev.deputy.pipeline;

/**
 * A value of a class of Java's or Groovy's libraries that pipelines may use: a date, a text that
 * grows.
 *
 * @param type what pipeline code calls its class
 * @param content what it is made of; of a class that {@link KnownTypes} knows
 */
record KnownValue(Type type, Object content) {}
