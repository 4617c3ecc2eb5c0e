/**
 * AWS behind core's ports, and the CloudFormation templates that people deploy for the controller.
 */
@NullMarked
package dev.deputy.aws;

import org.jspecify.annotations.NullMarked;
