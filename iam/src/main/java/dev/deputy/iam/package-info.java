/** IAM policy documents: parse, evaluate, explain. Pure. */
@NullMarked
package dev.deputy.iam;

import org.jspecify.annotations.NullMarked;
