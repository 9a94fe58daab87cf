package tlog

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
)

// Draft is a record that has everything but its place in the log and its time, and the canonical bytes of it with two gaps. Making those bytes
// is most of the work; who appends to the log, one change after another, has only the gaps left to fill.
type Draft struct {
	record                 Record
	before, between, after []byte
}

// What stands on both sides of the gaps. No text of a record can hold it, because a quote in a text is escaped; and what else may hold
// anything, the facts, comes before `nr`.
const (
	beforePlace, afterPlace = `"nr":`, `,"ontvangers":`
	beforeTime, afterTime   = `"tijd":"`, `","traceId":`
)

// NewDraft drafts a record, of which Nr and Time do not count. Its errors are those of [Record.Canonical], and [ErrRecord] when something else
// is missing that a record must have: nobody could read it back, and every receipt of it would be false, for ever.
func NewDraft(r Record) (Draft, error) {
	r.Nr, r.Time = 0, time.Time{}.Format(TimeLayout)
	if !r.Complete() {
		return Draft{}, fmt.Errorf("drafting a record: %w", ErrRecord)
	}
	whole, err := r.Canonical()
	if err != nil {
		return Draft{}, fmt.Errorf("drafting a record: %w", err)
	}
	place := bytes.LastIndex(whole, []byte(beforePlace+"0"+afterPlace)) + len(beforePlace)
	moment := bytes.LastIndex(whole, []byte(beforeTime+r.Time+afterTime)) + len(beforeTime)
	return Draft{record: r, before: whole[:place], between: whole[place+1 : moment], after: whole[moment+len(r.Time):]}, nil
}

// At gives the record at a place in the log, at a moment, with its canonical bytes. Its error is [ErrTooLong].
func (d Draft) At(nr int64, at time.Time) (Record, []byte, error) {
	r := d.record
	r.Nr, r.Time = nr, at.UTC().Format(TimeLayout)
	const digits = 20 // of an int64, at most
	canonical := make([]byte, 0, len(d.before)+digits+len(d.between)+len(r.Time)+len(d.after))
	canonical = strconv.AppendInt(append(canonical, d.before...), nr, 10)
	canonical = append(append(append(canonical, d.between...), r.Time...), d.after...)
	if len(canonical) > MaxRecord {
		return Record{}, nil, fmt.Errorf("making record %d canonical: %w", nr, ErrTooLong)
	}
	return r, canonical, nil
}
