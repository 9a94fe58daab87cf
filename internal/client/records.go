package client

import (
	"context"
	"encoding/json"
	"net/url"

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

// Records gives the records of the trail that the own party is part of, newest first, and a cursor to read on from ("" at the
// end). Their form was checked; that a record stands in the log is for [Client.Proof] to show.
func (c *Client) Records(ctx context.Context, why LookReason, cursor string) (records []tlog.Record, next string, err error) {
	query := url.Values{"logdoel": {string(why)}}
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
