/**
 * IAM policy documents: parse, evaluate, explain. Pure. {@link dev.deputy.iam.PolicyDocument} reads
 * them, {@link dev.deputy.iam.Evaluator} decides requests by AWS's rules, and {@link
 * dev.deputy.iam.Decision} says why.
 */
@NullMarked
package dev.deputy.iam;

import org.jspecify.annotations.NullMarked;
