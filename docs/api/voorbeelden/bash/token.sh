#!/usr/bin/env bash
# token.sh PROFIEL: maakt een token waarmee u zich bij de sluis meldt, goed voor vier minuten.
# Het token is met `cnf` aan uw clientcertificaat gebonden: wie het onderschept, heeft er zonder dat certificaat niets aan.
source "${BASH_SOURCE[0]%/*}/lib/begin.sh"
source "${BASH_SOURCE[0]%/*}/lib/json.sh"
source "${BASH_SOURCE[0]%/*}/lib/jws.sh"
source "${BASH_SOURCE[0]%/*}/lib/profiel.sh"

nu=$(date +%s)
afdruk=$(openssl x509 -in "$profiel/tls.crt" -outform DER | openssl dgst -sha256 -binary | naar_b64url)
jti=$(openssl rand 16 | naar_b64url)
printf '{"iss":"urn:nld:oin:%s","sub":"%s","aud":"%s","iat":%d,"exp":%d,"jti":"%s","cnf":{"x5t#S256":"%s"}}' \
  "$oin" "$deelnemer" "$url" "$nu" $((nu + 240)) "$jti" "$afdruk" | teken sluis-token+jwt
