/** Grants, decisions and approvals: who may use which agent template. Pure. */
@NullMarked
package dev.deputy.access;

import org.jspecify.annotations.NullMarked;
