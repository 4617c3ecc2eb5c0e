package dev.deputy.fleet;

import dev.deputy.core.Launch;

/**
 * What ties a session to one launch, for good.
 *
 * @param launch in state ASSIGNED
 * @param session its id; not a secret
 * @param publicKey whose holder may go on with it
 * @param tokenHash of the token for transfers, which is kept nowhere
 */
record Bond(Launch launch, String taskArn, String session, String publicKey, String tokenHash) {}
