/**
 * The Jenkinsfile language: parse, check, model, interpret. Publishes its model and its step port
 * ({@link dev.deputy.pipeline.PipelineHost}) free of Groovy types.
 */
@NullMarked
package dev.deputy.pipeline;

import org.jspecify.annotations.NullMarked;
