/** AWS behind core's ports; the CloudFormation templates. */
@NullMarked
package dev.deputy.aws;

import org.jspecify.annotations.NullMarked;
