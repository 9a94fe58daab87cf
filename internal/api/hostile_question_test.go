package api_test

import (
	"net/http"
	"strings"
)

// questionAttacks are malformed AuthZEN questions: always 400 (WIRE, "Asking first"), and nothing in the trail.
func questionAttacks() []attack {
	asked := func(name, place, body string) attack {
		return attack{name: "question: " + name, status: 400, code: "verzoek-onjuist", place: place, do: func(s *siege) answer {
			return s.try(s.sender().HTTP(), http.MethodPost, "/access/v1/evaluation", "application/json", body)
		}}
	}
	but := func(name, place, old, new string) attack {
		if !strings.Contains(mayI, old) {
			panic("nothing to change for " + name)
		}
		return asked(name, place, strings.Replace(mayI, old, new, 1))
	}
	return []attack{
		asked("empty", "body", ""),
		asked("no JSON", "", canary),
		asked("null", "", "null"),
		asked("a list", "", "["+mayI+"]"),
		asked("two", "", mayI+mayI),
		asked("with a BOM", "", "\xef\xbb\xbf"+mayI),
		asked("nested 20,000 deep", "", strings.Repeat(`{"a":`, 5000)+strings.Repeat("[", 15000)),
		asked("invalid UTF-8", "", strings.Replace(mayI, "veilige-school", "veilige\xff", 1)),
		asked("nothing in it", "subject action resource context", "{}"),
		but("subject of another kind", "subject.type", `"deelnemer"`, `"`+canary+`"`),
		but("subject without a party", "subject.id", `00000099000000030000/vc-1`, canary),
		but("action null", "action.name", `"name":"signaal"`, `"name":null`),
		but("action that is none", "action.name", `"signaal"},`, `"`+canary+`"},`),
		but("resource without a function", "resource.id", `/wijkagent`, ``),
		but("a key twice", "context.fase", `"fase":2`, `"fase":2,"fase":3`),
		but("phase 1e400", "context.fase", `"fase":2`, `"fase":1e400`),
		but("phase 2.5", "context.fase", `"fase":2`, `"fase":2.5`),
		but("statement of one's own", "context.verklaringen", `"proportioneel"`, `"`+canary+`"`),
		but("unknown category", "context.gegevens[1]", `"incident"`, `"`+canary+`"`),
		{name: "question: 65 KiB", status: 413, code: "te-groot", do: func(s *siege) answer {
			return s.try(s.sender().HTTP(), http.MethodPost, "/access/v1/evaluation", "application/json", mayI+strings.Repeat(" ", 65<<10))
		}},
		{name: "question: as a form", status: 400, code: "verzoek-onjuist", place: "Content-Type", do: func(s *siege) answer {
			return s.try(s.sender().HTTP(), http.MethodPost, "/access/v1/evaluation", "application/x-www-form-urlencoded", "a=b")
		}},
	}
}
