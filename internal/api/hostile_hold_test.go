package api_test

import (
	"net/http"
	"strings"

	"github.com/sluis-gateway/sluis/internal/message"
)

// holdAttacks try to keep or free what is not theirs, and to write down more than a code. A new message is sent for most of them.
func holdAttacks() []attack {
	on := func(name, who, what, body string, status int, code, place string) attack {
		return attack{name: "hold: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			return s.try(s.Person(who).HTTP(), http.MethodPost, "/v1/zaken/"+s.caseSent()+"/"+what, "application/json", body)
		}}
	}
	at := func(name, path string) attack {
		return attack{name: "hold: " + name, status: 404, code: "niet-gevonden", do: func(s *siege) answer {
			return s.try(s.Person("school/pf-1").HTTP(), http.MethodPost, path, "application/json", `{"reden":"klacht"}`)
		}}
	}
	const complaint = `{"reden":"klacht"}`
	return []attack{
		on("by the sender", "school/vc-1", "vasthoudingen", complaint, 403, "niet-bevoegd", ""),
		{name: "hold: by a party that is not in the case", status: 404, code: "niet-gevonden", do: func(s *siege) answer {
			return s.try(s.Person("school/pf-1").HTTP(), http.MethodPost, "/v1/zaken/"+s.caseSentBy("mbo/vc-2")+"/vasthoudingen", "application/json", complaint)
		}},
		on("freed by the recipient", "politie/wa-7", "vrijgaven", complaint, 403, "niet-bevoegd", ""),
		on("freed by who never held", "politie/pf-2", "vrijgaven", complaint, 404, "niet-gevonden", ""),
		on("for no reason", "school/pf-1", "vasthoudingen", `{}`, 400, "verzoek-onjuist", "reden"),
		on("for a reason of one's own", "school/pf-1", "vasthoudingen", `{"reden":"`+canary+`"}`, 400, "verzoek-onjuist", "reden"),
		on("for two reasons", "school/pf-1", "vasthoudingen", `{"reden":"klacht","reden":"bezwaar"}`, 400, "verzoek-onjuist", ""),
		on("for a list", "school/pf-1", "vasthoudingen", `{"reden":["klacht"]}`, 400, "verzoek-onjuist", "reden"),
		on("with an explanation", "school/pf-1", "vasthoudingen", `{"reden":"klacht","toelichting":"`+canary+`"}`, 400, "verzoek-onjuist", "toelichting"),
		on("rubbish", "school/pf-1", "vasthoudingen", canary, 400, "verzoek-onjuist", ""),
		on("nested deep", "school/pf-1", "vasthoudingen", strings.Repeat("[", 900), 400, "verzoek-onjuist", ""),
		on("2 KiB", "school/pf-1", "vasthoudingen", `{"reden":"`+strings.Repeat("a", 2<<10)+`"}`, 413, "te-groot", ""),
		at("of a case that is not there", "/v1/zaken/"+message.NewID()+"/vasthoudingen"),
		at("of no case", "/v1/zaken/"+canary+"/vasthoudingen"),
		at("of everything", "/v1/zaken/%25/vasthoudingen"),
		{name: "hold: the list, to a recipient", status: 403, code: "niet-bevoegd", do: func(s *siege) answer {
			return s.try(s.receiver().HTTP(), http.MethodGet, "/v1/vasthoudingen", "", "")
		}},
		{name: "hold: a cursor of one's own", status: 400, code: "verzoek-onjuist", place: "cursor", do: func(s *siege) answer {
			return s.try(s.Person("school/pf-1").HTTP(), http.MethodGet, "/v1/vasthoudingen?cursor="+canary, "", "")
		}},
		{name: "hold: as a form", status: 415, code: "inhoudstype-onjuist", do: func(s *siege) answer {
			return s.try(s.Person("school/pf-1").HTTP(), http.MethodPost, "/v1/zaken/"+s.caseSent()+"/vasthoudingen", "application/x-www-form-urlencoded", "reden=klacht")
		}},
	}
}

func (s *siege) caseSent() string { return s.caseSentBy("school/vc-1") }

// caseSentBy sends a message of a new case to the police, and gives the case.
func (s *siege) caseSentBy(sender string) string {
	s.t.Helper()
	e := s.Signal(sender, "politie/wa-7")
	envelope, payload := s.Seal(e, 10)
	sent(s.t, s.Person(sender).Send(envelope, payload)).is(s.t, http.StatusCreated)
	s.unchangedBut(accepted)
	return e.Case
}
