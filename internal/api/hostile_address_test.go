package api_test

import (
	"net/http"
	"strings"

	"github.com/sluis-gateway/sluis/internal/message"
)

// addressAttacks are about paths, methods, queries and headers. All are of a participant with a good token.
func addressAttacks() []attack {
	asked := func(name, method, path string, status int, code, place string, header ...string) attack {
		return attack{name: "address: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			return s.try(s.sender().HTTP(), method, path, "", "", header...)
		}}
	}
	nothing := func(name, path string) attack { return asked(name, http.MethodGet, path, 404, "niet-gevonden", "") }
	query := func(name, query, place string) attack {
		return asked(name, http.MethodGet, "/v1/berichten?"+query, 400, "verzoek-onjuist", place)
	}
	const inbox = "/v1/berichten?map=in"
	return []attack{
		nothing("a slash at the end", "/v1/berichten/?map=in"),
		nothing("two slashes", "/v1//berichten?map=in"),
		nothing("capitals", "/V1/Berichten?map=in"),
		nothing("dots", "/v1/soorten/../berichten?map=in"),
		nothing("encoded dots", "/v1/soorten/%2e%2e/berichten?map=in"),
		nothing("an encoded slash", "/v1%2Fberichten?map=in"),
		nothing("a semicolon", "/v1/berichten;a=b?map=in"),
		nothing("a NUL", "/v1/berichten%00?map=in"),
		nothing("id that is no UUID", "/v1/berichten/"+canary),
		nothing("id of version 4", "/v1/berichten/3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
		nothing("id in capitals", "/v1/berichten/"+strings.ToUpper(message.NewID())),
		nothing("id with quotes", "/v1/berichten/'%20OR%20'1'='1"),
		nothing("id of nothing", "/v1/berichten/"+message.NewID()),
		nothing("case of nothing", "/v1/zaken/"+message.NewID()),
		nothing("OIN that is none", "/v1/kaarten/"+canary),
		nothing("record number as hex", "/v1/auditregels/0x1/bewijs"),
		nothing("record number of 30 digits", "/v1/auditregels/"+strings.Repeat("9", 30)+"/bewijs"),
		nothing("record of others", "/v1/auditregels/1/bewijs"), // 0 is of the rules: everybody sees that one
		nothing("version below 1", "/v1/convenanten/denbosch-school-en-veiligheid/versies/0"),
		nothing("tile outside the log", "/log/tile/0/../../../etc/passwd"),
		nothing("tile that is withheld", "/log/tile/entries/000"),
		nothing("schema of nothing", "/v1/soorten/%2e%2e%2f%2e%2e%2fvocabulaire/schema"),
		nothing("profiler", "/debug/pprof/"),
		nothing("readiness on the listener of the API", "/readyz"),
		asked("DELETE of a message", http.MethodDelete, "/v1/berichten/"+message.NewID(), 405, "methode-niet-toegestaan", ""),
		asked("TRACE", http.MethodTrace, "/v1/berichten", 405, "methode-niet-toegestaan", ""),
		asked("a method of one's own", "KANARIE", "/v1/berichten", 405, "methode-niet-toegestaan", ""),
		asked("another method in a header", http.MethodGet, "/v1/berichten", 400, "verzoek-onjuist", "map", "X-HTTP-Method-Override", "DELETE", "X-Method-Override", "POST"),
		asked("an answer of another type", http.MethodGet, inbox, 406, "niet-leverbaar", "", "Accept", "text/html"),
		query("no box", "", "map"),
		query("box that is none", "map="+canary, "map"),
		query("box twice", "map=in&map=uit", "map"),
		query("unknown parameter", "map=in&"+canary+"=1", "query"),
		query("query that cannot be read", "map=in&x=%zz", "query"),
		query("semicolons", "map=in;status=verlopen", "query"),
		query("cursor garbage", "map=in&cursor="+canary, "cursor"),
		query("cursor with quotes", "map=in&cursor=%27%3B--", "cursor"),
		query("waiting below 0", "map=in&wacht=-1", "wacht"),
		query("waiting 31 seconds", "map=in&wacht=31", "wacht"),
		query("waiting for ever", "map=in&wacht=1e400", "wacht"),
		query("status that is none", "map=in&status="+canary, "status"),
		query("everything wrong at once", "map=x&status=x&wacht=x&cursor=x", "map status wacht cursor"),
		asked("trail without a reason", http.MethodGet, "/v1/auditregels", 400, "verzoek-onjuist", "logdoel"),
		asked("trail for curiosity", http.MethodGet, "/v1/auditregels?logdoel=nieuwsgierigheid", 400, "verzoek-onjuist", "logdoel"),
		asked("trail from below zero", http.MethodGet, "/v1/auditregels?logdoel=beveiliging&cursor=-5", 400, "verzoek-onjuist", "cursor"),
		asked("trail, everything wrong at once", http.MethodGet, "/v1/auditregels?zaak=x&deelnemer=x&van=x&tot=x&reden=X&soort=x&limiet=x&cursor=x", 400,
			"verzoek-onjuist", "logdoel zaak deelnemer van tot reden soort limiet cursor"),
	}
}
