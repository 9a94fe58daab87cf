package api

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// trailQuery are the parameters of a look into the trail. All but logdoel may be left out; those that are given all count.
var trailQuery = []string{"logdoel", "zaak", "deelnemer", "van", "tot", "reden", "soort", "limiet", "cursor"}

// shortCode is the form of a reason and of a participant's id.
var shortCode = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)

// trailQuestion reads what a party looks for.
func trailQuestion(of party.OIN, query map[string]string) (q audit.Query, faults fault.List) {
	q = audit.Query{Party: string(of), Limit: trailPage}
	read := func(name, what string, take func(text string) bool) {
		if text, given := query[name]; given && !take(text) {
			faults.Add(name, "moet %s zijn", what)
		}
	}
	moment := func(to *time.Time) func(string) bool {
		return func(text string) bool {
			t, err := message.ParseTime(text)
			if *to = t.Time; to.IsZero() { // the first moment there is: not the same as no moment
				*to = to.Add(time.Nanosecond)
			}
			return err == nil
		}
	}
	const asTime = "een tijdstip zoals 2026-11-21T10:00:00Z (een + schrijft u in een adres als %2B)"
	read("zaak", "het id van een zaak", func(text string) bool { q.Case = text; return message.ValidID(text) })
	read("deelnemer", "een OIN, een / en het id van een deelnemer", func(text string) bool {
		oin, id, _ := strings.Cut(text, "/")
		_, err := party.ParseOIN(oin)
		q.Participant = text
		return err == nil && shortCode.MatchString(id)
	})
	read("van", asTime, moment(&q.From))
	read("tot", asTime, moment(&q.To))
	read("reden", "de code van een reden", func(text string) bool { q.Reason = text; return shortCode.MatchString(text) })
	read("soort", "een soort auditregel", func(text string) bool {
		q.Kind = tlog.RecordKind(text)
		return slices.Contains(tlog.Kinds, q.Kind)
	})
	read("limiet", "een getal van 1 tot en met "+strconv.Itoa(trailPage), func(text string) bool {
		n, err := strconv.ParseUint(text, 10, 16)
		q.Limit = int(n)
		return err == nil && n >= 1 && n <= trailPage
	})
	read("cursor", "de cursor uit een vorig antwoord", func(text string) bool {
		n, err := strconv.ParseInt(text, 10, 64)
		q.Before = n
		return err == nil && n >= 1 && len(text) <= 15
	})
	if len(faults) == 0 && !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To) {
		faults.Add("tot", "moet later zijn dan van; van telt mee, tot niet")
	}
	return q, faults
}

// trailReasons stand in `redenen` of a record and are no reasons for a refusal.
var trailReasons = []string{string(relay.ReasonOtherRefused), string(relay.CauseMotivation), string(relay.CauseUndeclared)}

// unknownToMe stands in the record of a look for what was asked for and is in no list: nobody knows what somebody types.
const unknownToMe = "onbekend"

// asked tells, for the record of a look, what was looked for. A case is a number without meaning and times say nothing about a person, but a
// participant's id and a reason are texts: they are recorded when they are on a card or in the vocabulary, where everybody can read them.
func (s *server) asked(q audit.Query) map[string]any {
	list := map[string]any{}
	if q.Case != "" {
		list["zaak"] = q.Case
	}
	if oin, id, given := strings.Cut(q.Participant, "/"); given {
		list["deelnemer"] = unknownToMe
		if _, known := s.Registry.Snapshot().Book.Participant(party.OIN(oin), id); known {
			list["deelnemer"] = q.Participant
		}
	}
	for name, t := range map[string]time.Time{"van": q.From, "tot": q.To} {
		if !t.IsZero() {
			list[name] = utc(t)
		}
	}
	if q.Reason != "" {
		list["reden"] = unknownToMe
		if _, known := s.Words.Reason(vocabulary.Reason(q.Reason)); known || slices.Contains(trailReasons, q.Reason) {
			list["reden"] = q.Reason
		}
	}
	if q.Kind != "" {
		list["soort"] = q.Kind
	}
	return list
}
