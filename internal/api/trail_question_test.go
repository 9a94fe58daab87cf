package api

import (
	"strconv"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
)

// FuzzTrailQuestion: what is taken for a question asks of the own party alone, within bounds, and is the same when it is asked again.
func FuzzTrailQuestion(f *testing.F) {
	for _, seed := range []string{
		"", "zaak=019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11&limiet=1", "deelnemer=00000099000000030000%2Fvc-1&reden=fase-te-laag&soort=besluit",
		"van=2026-11-01T00:00:00%2B01:00&tot=2026-12-01T00:00:00Z&cursor=12", "tot=0001-01-01T00:00:00Z", "van=9999-12-31T23:59:59.999999999-23:59",
		"limiet=101&cursor=0&zaak=x", "deelnemer=*%2Fa&deelnemer=b", "reden=%00", "partij=00000099000000020000",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		query, err := readQuery(raw, trailQuery)
		if err != nil {
			return
		}
		q, faults := trailQuestion("00000099000000030000", query)
		if len(faults) > 0 {
			return
		}
		if q.Party != "00000099000000030000" || q.Limit < 1 || q.Limit > trailPage || q.Before < 0 || q.Case != "" && !message.ValidID(q.Case) {
			t.Errorf("%q asks %+v", raw, q)
		}
		if _, given := query["tot"]; given == q.To.IsZero() {
			t.Errorf("%q: a period that was asked for is none", raw)
		}
		again, faults := trailQuestion("00000099000000030000", asQuery(q))
		if len(faults) > 0 || !again.From.Equal(q.From) || !again.To.Equal(q.To) {
			t.Errorf("%q asks %+v, and asked again %+v, %v", raw, q, again, faults)
		}
		if again.From, again.To = q.From, q.To; again != q {
			t.Errorf("%q asks %+v, and asked again %+v", raw, q, again)
		}
	})
}

// asQuery writes a question as a party's software does.
func asQuery(q audit.Query) map[string]string {
	list := map[string]string{"limiet": strconv.Itoa(q.Limit)}
	for name, value := range map[string]string{"zaak": q.Case, "deelnemer": q.Participant, "reden": q.Reason, "soort": string(q.Kind)} {
		if value != "" {
			list[name] = value
		}
	}
	if !q.From.IsZero() {
		list["van"] = q.From.Format(time.RFC3339Nano)
	}
	if !q.To.IsZero() {
		list["tot"] = q.To.Format(time.RFC3339Nano)
	}
	if q.Before > 0 {
		list["cursor"] = strconv.FormatInt(q.Before, 10)
	}
	return list
}
