package api_test

import (
	"net/http"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// againAttacks are about deciding again and trying a draft: nobody sees what is not theirs, and nobody tries what they may not write.
func againAttacks() []attack {
	asked := func(name, path string, status int, code, place string) attack {
		return attack{name: "again: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			return s.try(s.sender().HTTP(), http.MethodGet, path, "", "")
		}}
	}
	const at = "/v1/convenanten/" + gatewaytest.ConvenantID + "/simulaties"
	tried := func(name, who, path, contentType string, status int, code, place string, of func(yaml string) string) attack {
		return attack{name: "simulation: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			text := get(s.t, s.Person("gemeente/cb-1").HTTP(), s.URL+"/v1/convenanten/"+gatewaytest.ConvenantID+"/versies/1", "Accept", "application/yaml")
			return s.try(s.Person(who).HTTP(), http.MethodPost, path, contentType, of(string(text.body)))
		}}
	}
	byLead := func(name, path string, status int, code, place string, of func(yaml string) string) attack {
		return tried(name, "gemeente/cb-1", path, "application/yaml", status, code, place, of)
	}
	days := func(name, query, place string) attack {
		return byLead(name, at+query, 400, "verzoek-onjuist", place, strings.Clone)
	}
	return []attack{
		asked("without a reason", "/v1/auditregels/0/herhaling", 400, "verzoek-onjuist", "logdoel"),
		asked("out of curiosity", "/v1/auditregels/0/herhaling?logdoel="+canary, 400, "verzoek-onjuist", "logdoel"),
		asked("an unknown parameter", "/v1/auditregels/0/herhaling?logdoel=rechtmatigheid&"+canary+"=1", 400, "verzoek-onjuist", "query"),
		asked("a reason twice", "/v1/auditregels/0/herhaling?logdoel=rechtmatigheid&logdoel=beveiliging", 400, "verzoek-onjuist", "logdoel"),
		asked("a record of others", "/v1/auditregels/1/herhaling?logdoel=rechtmatigheid", 404, "niet-gevonden", ""),
		asked("a record that is no decision", "/v1/auditregels/0/herhaling?logdoel=rechtmatigheid", 404, "niet-gevonden", ""),
		asked("a record that is not there", "/v1/auditregels/999999/herhaling?logdoel=rechtmatigheid", 404, "niet-gevonden", ""),
		asked("the last number", "/v1/auditregels/9223372036854775807/herhaling?logdoel=rechtmatigheid", 404, "niet-gevonden", ""),
		asked("a record below nothing", "/v1/auditregels/-1/herhaling?logdoel=rechtmatigheid", 404, "niet-gevonden", ""),
		asked("a record of 30 digits", "/v1/auditregels/"+strings.Repeat("9", 30)+"/herhaling?logdoel=rechtmatigheid", 404, "niet-gevonden", ""),
		asked("rules that are none", "/v1/beleid/"+canary, 404, "niet-gevonden", ""),
		asked("rules of no day", "/v1/beleid/"+strings.Repeat("0", 64), 404, "niet-gevonden", ""),
		asked("rules with a path in them", "/v1/beleid/..%2f..%2fsluis.db", 404, "niet-gevonden", ""),
		asked("rules of 10,000 digits", "/v1/beleid/"+strings.Repeat("0", 10000), 404, "niet-gevonden", ""),
		asked("rules with a parameter", "/v1/beleid/"+strings.Repeat("0", 64)+"?"+canary+"=1", 400, "verzoek-onjuist", "query"),
		tried("by a party without the regie", "school/vc-1", at, "application/yaml", 403, "niet-bevoegd", "", strings.Clone),
		tried("by somebody without the function", "gemeente/ew-1", at, "application/yaml", 403, "niet-bevoegd", "", strings.Clone),
		tried("as JSON", "gemeente/cb-1", at, "application/json", 415, "inhoudstype-onjuist", "", strings.Clone),
		byLead("with the regie of another", at, 403, "niet-bevoegd", "", func(y string) string {
			return strings.Replace(y, `regie: "00000099000000010000"`, `regie: "00000099000000020000"`, 1)
		}),
		byLead("at the address of another convenant", "/v1/convenanten/een-ander/simulaties", 400, "verzoek-onjuist", "convenant", strings.Clone),
		days("of no days", "?dagen=0", "dagen"),
		days("of days to come", "?dagen=-1", "dagen"),
		days("of 367 days", "?dagen=367", "dagen"),
		days("of 30 digits of days", "?dagen="+strings.Repeat("9", 30), "dagen"),
		days("of days that are none", "?dagen="+canary, "dagen"),
		days("of days twice", "?dagen=1&dagen=2", "dagen"),
		days("with an unknown parameter", "?"+canary+"=1", "query"),
		byLead("of nothing", at, 400, "verzoek-onjuist", "", func(string) string { return "" }),
		byLead("nested 100,000 deep", at, 400, "verzoek-onjuist", "", func(string) string { return strings.Repeat("[", 100_000) }),
		byLead("of rules that do not compile", at, 400, "verzoek-onjuist", "", func(y string) string { return y + "regels: |\n  package " + "sluis\n" }),
		byLead("of 300 kB", at, 413, "te-groot", "", func(y string) string { return y + strings.Repeat("# "+canary+"\n", 15000) }),
	}
}

// manyQuestionsAttacks are batches and searches that are malformed: always 400.
func manyQuestionsAttacks() (list []attack) {
	post := func(name, path, contentType string, status int, code, place, body string) attack {
		return attack{name: "questions: " + name + " at " + path, status: status, code: code, place: place, do: func(s *siege) answer {
			return s.try(s.sender().HTTP(), http.MethodPost, path, contentType, body)
		}}
	}
	const right = `{"type":"ontvanger","id":"00000099000000020000/wijkagent"}`
	whole := asked(alice, read, right, about)
	for _, path := range []string{batch, searchSubject, searchResource, searchAction} {
		bad := func(name, place, body string) attack {
			return post(name, path, "application/json", 400, "verzoek-onjuist", place, body)
		}
		list = append(list,
			bad("empty", "body", ""),
			bad("no JSON", "", canary),
			bad("null", "", "null"),
			bad("a list", "", "["+whole+"]"),
			bad("two", "", whole+whole),
			bad("nested 20,000 deep", "", strings.Repeat(`{"a":`, 5000)+strings.Repeat("[", 15000)),
			bad("a context of another type", "context", asked(alice, read, right, `"`+canary+`"`)),
			bad("a number beyond all", "context.fase", asked(alice, read, right, strings.Replace(about, `"fase":2`, `"fase":1e400`, 1))),
			bad("a key twice", "context.fase", asked(alice, read, right, strings.Replace(about, `"fase":2`, `"fase":2,"fase":3`, 1))),
			post("as text", path, "text/plain", 400, "verzoek-onjuist", "Content-Type", whole),
			post("65 KiB", path, "application/json", 413, "te-groot", "", whole+strings.Repeat(" ", 65<<10)),
			post("an unknown parameter", path+"?"+canary+"=1", "application/json", 400, "verzoek-onjuist", "query", whole),
			attack{name: "questions: asked with GET at " + path, status: 405, code: "methode-niet-toegestaan", do: func(s *siege) answer {
				return s.try(s.sender().HTTP(), http.MethodGet, path, "", "")
			}},
		)
	}
	return append(list,
		post("501", batch, "application/json", 400, "verzoek-onjuist", "evaluations", asked(alice, read, right, about, many(slices.Repeat([]string{"{}"}, 501)...))),
		post("a token of another", searchAction, "application/json", 400, "verzoek-onjuist", "page.token", asked(alice, "", right, about, `"page":{"token":"`+canary+`"}`)),
	)
}
