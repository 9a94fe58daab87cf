package message

import (
	"encoding/json"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// Time is a moment as it was written: RFC 3339 with any offset. Text is what was signed; it is never rewritten.
type Time struct {
	time.Time
	Text string
}

// maxTimeText is the longest time that is read: nanoseconds and an offset.
const maxTimeText = 35

// NewTime gives a moment as Sluis writes it itself: UTC, to the second.
func NewTime(t time.Time) Time {
	t = t.UTC().Truncate(time.Second)
	return Time{Time: t, Text: t.Format(time.RFC3339)}
}

// ParseTime reads a moment in the form of RFC 3339, upper-case T and Z ("date-time/format" of the NL API Design Rules). Its only
// error is a fault.List.
func ParseTime(text string) (Time, error) {
	var t time.Time
	if len(text) > maxTimeText || !fixedColumns(text) || t.UnmarshalText([]byte(text)) != nil {
		var faults fault.List
		faults.Add("", "%s", timeForm)
		return Time{}, faults
	}
	return Time{Time: t, Text: text}, nil
}

// fixedColumns checks what package time is lenient about: an hour of one digit, and a comma before the fraction.
func fixedColumns(text string) bool {
	return len(text) >= len("2006-01-02T15:04:05Z") && text[13] == ':' && text[16] == ':' && text[19] != ','
}

const timeForm = "moet een tijdstip zijn zoals 2026-11-21T10:00:00Z"

// MarshalJSON gives the text as it was read, or for a moment without one the form of [NewTime].
func (t Time) MarshalJSON() ([]byte, error) {
	if t.Text == "" {
		t = NewTime(t.Time)
	}
	return json.Marshal(t.Text)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Time) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return fault.List{{Message: timeForm}}
	}
	parsed, err := ParseTime(text)
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

// checkClock compares a signed time with the clock of the one who reads it.
func checkClock(signed Time, now time.Time) error {
	var faults fault.List
	switch apart := signed.Sub(now); {
	case apart > ClockSkew:
		faults.Add("tijd", "ligt meer dan 5 minuten in de toekomst: controleer de klok van uw systeem")
	case apart < -ClockSkew:
		faults.Add("tijd", "ligt meer dan 5 minuten in het verleden: controleer de klok van uw systeem en onderteken opnieuw")
	}
	return faults.Err()
}

// CheckClock gives a fault.List when the envelope's time is more than ClockSkew from now.
func (e Envelope) CheckClock(now time.Time) error { return checkClock(e.Time, now) }

// CheckClock gives a fault.List when the confirmation's time is more than ClockSkew from now.
func (c Confirmation) CheckClock(now time.Time) error { return checkClock(c.Time, now) }
