package dev.deputy.iam;

/** One value of a condition, compiled: does a value of the request equal, resemble, precede it? */
@FunctionalInterface
interface ValueTest {

  boolean matches(String value, Request request);
}
