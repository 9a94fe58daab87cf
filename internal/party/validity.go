package party

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/term"
)

// Validity is a span of days, inclusive on both sides, Europe/Amsterdam.
type Validity struct {
	From  string `json:"van"` // YYYY-MM-DD
	Until string `json:"tot"`
}

// Contains reports whether the day of t in Europe/Amsterdam lies in the span. The zero span contains nothing.
func (v Validity) Contains(t time.Time) bool {
	day := Day(t)
	return v.From != "" && v.From <= day && day <= v.Until
}

// Day gives the day of t in Europe/Amsterdam, YYYY-MM-DD. Days of this form sort as they follow each other.
func Day(t time.Time) string { return t.In(term.Zone).Format(time.DateOnly) }

func readValidity(o *strictjson.Object, faults *fault.List) Validity {
	v := Validity{From: readDay(o.Field("van"), faults), Until: readDay(o.Field("tot"), faults)}
	if v.From != "" && v.Until != "" && v.Until < v.From {
		o.Fault("tot", "ligt voor van")
	}
	o.End()
	return v
}

// readDay reads a date as YYYY-MM-DD, of this millennium: earlier and later ones are typing errors.
func readDay(n strictjson.Node, faults *fault.List) string {
	text := n.Text(len(time.DateOnly), faults)
	if text == "" {
		return ""
	}
	if day, err := time.Parse(time.DateOnly, text); err != nil || day.Year() < 2000 || day.Year() > 2999 {
		faults.Add(n.Place(), "moet een datum zijn: jjjj-mm-dd")
		return ""
	}
	return text
}
