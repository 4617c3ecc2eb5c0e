package dev.deputy.agent;

/** Where steps' credentials come from. */
interface CredentialSource {
  /**
   * Valid credentials; every secret in them is masked from now on.
   *
   * @throws CredentialsException where there are none at this moment
   */
  AwsCredentials credentials() throws InterruptedException;
}
