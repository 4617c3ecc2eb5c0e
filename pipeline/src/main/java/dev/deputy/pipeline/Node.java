package dev.deputy.pipeline;

/** A part of a pipeline's tree. */
sealed interface Node permits Expression, Statement {
  Position at();
}
