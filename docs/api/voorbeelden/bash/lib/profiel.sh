# shellcheck shell=bash
# Het profiel van een deelnemer: de map die `sluis profile new` maakt. Leest instellingen in variabelen en zet de ondertekensleutel
# als PEM in de tijdelijke map.

profiel=${1:?geef de map van een profiel}
[[ -d $profiel && $(stat -L -c %a "$profiel") == 700 ]] || fout "het profiel is er niet, of anderen mogen erin kijken (chmod 700)"

for geheim in ondertekening.jwk age.txt tls.key zoeksleutel; do
  [[ -f $profiel/$geheim && $(stat -L -c %a "$profiel/$geheim") == [46]00 ]] || fout "$geheim ontbreekt in het profiel, of anderen mogen het lezen (chmod 600)"
done
for bestand in profiel.yaml tls.crt log.vkey; do
  [[ -f $profiel/$bestand ]] || fout "$bestand ontbreekt in het profiel"
done
# Wie namens uw eigen organisatie mag tekenen, hoort u van uw partijbeheerder en niet van een sluis. Zonder dit is er niets om op te bouwen.
[[ -s $profiel/kaartsleutel ]] || fout "kaartsleutel ontbreekt in het profiel: vraag uw partijbeheerder om de kaartsleutel van uw organisatie"

instelling() { sed -n "s/^$1: *\"\\{0,1\\}\\([^\" ]*\\)\"\\{0,1\\} *\$/\\1/p" "$profiel/profiel.yaml"; }
oin=$(instelling oin)
deelnemer=$(instelling deelnemer)
functie=$(instelling functie)
url=$(instelling url)
[[ $oin =~ ^[0-9]{20}$ && $deelnemer =~ ^[a-z0-9-]{1,64}$ && $functie =~ ^[a-z0-9-]{1,64}$ ]] || fout "profiel.yaml is niet goed ingevuld"
[[ $url =~ ^https://([A-Za-z0-9.-]+(:[0-9]+)?)$ ]] || fout "url in profiel.yaml moet zijn als https://sluis.voorbeeld.nl"
herkomst=${BASH_REMATCH[1]%:443}/log # zo heet het auditspoor van deze sluis

prive_pem "$profiel/ondertekening.jwk" >"$tijdelijk/sleutel.pem" || fout "ondertekening.jwk is geen P-256-sleutel in JWK-vorm"
kid=$(duimafdruk "$profiel/ondertekening.jwk")
cat "$profiel"/ankers/kaarten/*.pem >"$tijdelijk/ankers-kaarten.pem"
cat "$profiel"/ankers/tls/*.pem >"$tijdelijk/ankers-tls.pem"
