# Leest een inhoud en het schema van zijn soort naast elkaar. Geeft {"fouten": ["plaats: wat"], "gegevens": ["categorie"]}.
# De schema's van Sluis gebruiken een kleine kern van JSON Schema. Een woord dat hier niet staat, is een fout: wat niet gecontroleerd
# kan worden, gaat niet door.
def bekend: ["$schema", "$id", "$comment", "$ref", "$defs", "title", "description", "examples", "type", "enum", "const", "required", "properties",
  "additionalProperties", "minProperties", "items", "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "minimum", "maximum",
  "pattern", "format", "contentEncoding", "x-gegevens"];

def elfproef: test("^[0-9]{9}$") and . != "000000000" and
  ([(explode | map(. - 48)), [9, 8, 7, 6, 5, 4, 3, 2, -1]] | transpose | map(.[0] * .[1]) | add % 11 == 0);

def datum: test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") and (. as $d | try ((. + "T00:00:00Z" | fromdate | todate)[0:10] == $d) catch false);

def soort($welke): if $welke == "integer" then type == "number" and . == floor else type == $welke end;

# soms geeft een fout als een regel er is en niet klopt.
def soms($schema; $woord; goed; $melding): if ($schema | has($woord)) and (goed | not) then {fout: $melding} else empty end;

def bekijk($wortel; $schema; $plaats):
  . as $waarde
  | if $schema == null or $schema == false then {fout: "\($plaats): is geen bekend veld"}
    elif $schema | has("$ref") then bekijk($wortel; $wortel["$defs"][$schema["$ref"] | ltrimstr("#/$defs/")]; $plaats)
    else
      ($schema | keys - bekend | if . == [] then empty else {fout: "\($plaats): schema heeft regels die dit voorbeeld niet kent"} end),
      soms($schema; "type"; any($schema.type | if type == "array" then .[] else . end; . as $t | $waarde | soort($t)); "\($plaats): verkeerd soort waarde"),
      soms($schema; "enum"; $schema.enum | index([$waarde]) != null; "\($plaats): geen van de toegestane waarden"),
      soms($schema; "const"; $schema.const == $waarde; "\($plaats): niet de toegestane waarde"),
      ($schema["x-gegevens"] // empty | select(. != "geen" and . != "opgegeven" and $waarde != null) | {gegeven: .}),
      if type == "object" then
        (($schema.required // [])[] | select(. as $naam | $waarde | has($naam) | not) | {fout: "\($plaats).\(.): ontbreekt"}),
        soms($schema; "minProperties"; length >= $schema.minProperties; "\($plaats): te weinig velden"),
        (keys[] as $naam | $waarde[$naam] | bekijk($wortel; $schema.properties[$naam]; "\($plaats)." + (if $schema.properties | has($naam) then $naam else "?" end)))
      elif type == "array" then
        soms($schema; "minItems"; length >= $schema.minItems; "\($plaats): te weinig"),
        soms($schema; "maxItems"; length <= $schema.maxItems; "\($plaats): te veel"),
        soms($schema; "uniqueItems"; length == (unique | length); "\($plaats): iets staat er dubbel"),
        (range(length) as $i | .[$i] | bekijk($wortel; $schema.items; "\($plaats)[\($i)]"))
      elif type == "string" then
        soms($schema; "minLength"; length >= $schema.minLength; "\($plaats): te kort"),
        soms($schema; "maxLength"; length <= $schema.maxLength; "\($plaats): te lang"),
        soms($schema; "pattern"; test($schema.pattern); "\($plaats): niet de juiste vorm"),
        (if $schema.format == "date" then select(datum | not) | {fout: "\($plaats): geen datum (jjjj-mm-dd)"}
         elif $schema.format == "bsn" then select(elfproef | not) | {fout: "\($plaats): geen bsn"}
         elif $schema.format == "date-time" then select(test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$") | not) | {fout: "\($plaats): geen tijdstip"}
         elif $schema | has("format") then {fout: "\($plaats): een vorm die dit voorbeeld niet kent"}
         else empty end),
        soms($schema; "contentEncoding"; test("^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"); "\($plaats): geen base64")
      elif type == "number" then
        soms($schema; "minimum"; . >= $schema.minimum; "\($plaats): te klein"),
        soms($schema; "maximum"; . <= $schema.maximum; "\($plaats): te groot")
      else empty end
    end;

# Van een bijlage zegt de afzender zelf welke gegevens erin staan ("opgegeven").
$schema[0] as $s | [bekijk($s; $s; "inhoud"), (.bijlagen[]?.gegevens[]? | {gegeven: .})] | {fouten: [.[].fout // empty], gegevens: ([.[].gegeven // empty] | unique)}
