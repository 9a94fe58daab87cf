package client

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Outcome is what a decision came to.
type Outcome struct {
	Decision string   `json:"besluit"` // toegestaan | geweigerd
	Reasons  []string `json:"redenen"` // codes
	Policy   string   `json:"beleid"`
}

// Replayed is a decision beside the same decision made again, as the gateway says.
type Replayed struct {
	Nr        int64   `json:"nr"`
	Same      bool    `json:"zelfde"`
	Then      Outcome `json:"toen"`
	Now       Outcome `json:"nu"`
	Rules     string  `json:"regels"`    // digest of the rules of that day
	Convenant string  `json:"convenant"` // digest of the version; "" where none was known
}

// Replay asks the gateway to make a decision again with the rules of its day, and gives its record, proven to stand in the log. That the
// party looked, and why, is recorded. What the gateway says of then is compared with the record; what it says of now is its word:
// whoever does not believe it decides again himself, with [Client.Rules].
func (c *Client) Replay(ctx context.Context, nr int64, why LookReason) (Replayed, tlog.Record, error) {
	var body struct {
		Replayed
		Record json.RawMessage `json:"auditregel"`
	}
	if err := c.get(ctx, "/v1/auditregels/"+strconv.FormatInt(nr, 10)+"/herhaling", url.Values{"logdoel": {string(why)}}, &body); err != nil {
		return Replayed{}, tlog.Record{}, err
	}
	record, err := tlog.ParseRecord(body.Record)
	if err != nil {
		return Replayed{}, tlog.Record{}, badAnswer(err)
	}
	then := body.Then
	if record.Nr != nr || body.Nr != nr || record.Decision == nil || *record.Decision != then.Decision || record.Policy == nil || *record.Policy != then.Policy {
		return Replayed{}, tlog.Record{}, badAnswer(nil)
	}
	_, err = c.Proof(ctx, record)
	return body.Replayed, record, err
}

// Rules gives the rules of a day as the gateway kept them: exactly the bytes that have this digest, whoever gave them.
func (c *Client) Rules(ctx context.Context, of string) ([]byte, error) {
	d, err := digest.Parse(of)
	if err != nil {
		return nil, badAnswer(err)
	}
	a, err := c.do(ctx, request{method: "GET", path: "/v1/beleid/" + hex.EncodeToString(d[:]), anonymous: true, repeatable: true, limit: maxRules})
	if err != nil {
		return nil, err
	}
	if digest.Of(a.body) != d {
		return nil, badAnswer(nil)
	}
	return a.body, nil
}

// maxRules is the longest bundle of rules that is read, in bytes.
const maxRules = 64 << 20
