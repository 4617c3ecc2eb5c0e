/** AWS in one process over the real wire protocols, IAM enforced. */
@NullMarked
package dev.deputy.sandbox;

import org.jspecify.annotations.NullMarked;
