package client

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"time"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// LookReason is `logdoel`: why somebody looks in the trail (Wpg 32a lid 2). That they looked, and why, is itself recorded.
type LookReason string

// The reasons that there are.
const (
	Lawfulness      LookReason = "rechtmatigheid"
	InternalControl LookReason = "interne-controle"
	Security        LookReason = "beveiliging"
	Prosecution     LookReason = "strafprocedure"
)

// Look is a look into the trail: why, and for what. What is not filled in does not count; what is, all counts.
type Look struct {
	Why         LookReason
	Case        string          // id of a case
	Participant string          // `<oin>/<id>`: who did it, or to whom it was addressed
	From, To    time.Time       // From or later, before To
	Reason      string          // code of a reason
	Kind        tlog.RecordKind // as in the trail
	Limit       int             // on one page, from 1 to 100; 0: as many as there go on one
}

func (l Look) query() url.Values {
	q := url.Values{"logdoel": {string(l.Why)}}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("zaak", l.Case)
	set("deelnemer", l.Participant)
	set("reden", l.Reason)
	set("soort", string(l.Kind))
	for name, t := range map[string]time.Time{"van": l.From, "tot": l.To} {
		if !t.IsZero() {
			set(name, t.UTC().Format(time.RFC3339Nano))
		}
	}
	if l.Limit != 0 {
		set("limiet", strconv.Itoa(l.Limit))
	}
	return q
}

// Records gives a page of the records of the trail that the own party is part of, newest first, and a cursor to read on from ("" at the
// end). Their form was checked; that a record stands in the log is for [Client.Proof] to show. What is asked for wrongly, the gateway
// tells.
func (c *Client) Records(ctx context.Context, look Look, cursor string) (records []tlog.Record, next string, err error) {
	query := look.query()
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	var body struct {
		Records []json.RawMessage `json:"auditregels"`
		Cursor  *string           `json:"cursor"`
	}
	if err := c.get(ctx, "/v1/auditregels", query, &body); err != nil {
		return nil, "", err
	}
	for _, raw := range body.Records {
		record, err := tlog.ParseRecord(raw)
		if err != nil {
			return nil, "", badAnswer(err)
		}
		records = append(records, record)
	}
	if body.Cursor != nil {
		next = *body.Cursor
	}
	return records, next, nil
}
