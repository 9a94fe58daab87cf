# shellcheck shell=bash
# JSON: streng lezen, en de vorm van RFC 8785 (waarover digests en de vergelijking van `kop` gaan).

# streng weigert een bestand dat niet precies één JSON-waarde is, of waarin een sleutel twee keer voorkomt. jq zelf houdt stil de
# laatste, een ander programma misschien de eerste, en dan lezen twee partijen iets anders. In de stroom van jq heeft elke waarde een
# pad: een losse waarde als blad, een object of lijst als het sluit. Staat een pad er twee keer, dan is er een sleutel dubbel.
streng() { # bestand
  jq -e -n --stream '[inputs | if length == 2 then .[0] else .[0][:-1] end] | length > 0 and length == (unique | length)' "$1" >/dev/null 2>&1
}

# canoniek geeft de RFC 8785-vorm van een bestand, zonder regeleinde. `jq -S -c` geeft die vorm niet altijd. Hij is gelijk als
#  - alle getallen gehele getallen onder 2^53 zijn (jq schrijft andere soms anders dan ECMAScript),
#  - alle sleutels uit gewone ASCII-tekens bestaan (jq sorteert op codepunt, RFC 8785 op UTF-16),
#  - in geen tekst U+007F staat (jq schrijft \u007f) of U+FFFD (dat maakt jq van een halve surrogaat).
# In envelop, kop, auditregel en convenant van Sluis is dat zo. Is het niet zo, dan weigert dit voorbeeld.
canoniek() { # bestand
  streng "$1" || return 1
  jq -S -c -j '
    def heel: type == "number" and . == floor and (fabs < 9007199254740992) and (tostring | test("^(0|-?[1-9][0-9]{0,15})$"));
    if ([.. | numbers | heel] | all)
    and ([.. | objects | keys[] | test("^[ -~]*$")] | all)
    and ([.. | strings | test("[\u007f\ufffd]") | not] | all)
    then . else error("buiten wat jq zeker goed schrijft") end' "$1"
}
