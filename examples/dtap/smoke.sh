#!/bin/sh
# Checks what is deployed in the account that this agent is bound to: usage smoke.sh ENVIRONMENT
set -eu
if command -v aws >/dev/null; then
  deployed=$(aws ssm get-parameter --name /webshop/release --query Parameter.Value --output text)
else
  deployed=$(deputy-example-deployer get /webshop/release)
fi
case $deployed in
  "$RELEASE "*) echo "$1 runs $deployed" ;;
  *) echo "$1 runs $deployed instead of $RELEASE"; exit 1 ;;
esac
