package client

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/json"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// PublishCard hands a signed card of the own party to the gateway and verifies the receipt. The client certificate says enough: a
// party that joins has no participants yet. The same card again gives the same answer.
func (c *Client) PublishCard(ctx context.Context, compact string) (tlog.Record, error) {
	return c.publish(ctx, "/v1/kaarten", "application/jose", []byte(compact), expected{tlog.CardKept, digest.Of([]byte(compact))}, request{anonymous: true, repeatable: true})
}

// PublishConvenant hands in a draft of a convenant, as YAML. The error is a fault.List with lines when the draft is wrong.
func (c *Client) PublishConvenant(ctx context.Context, yaml []byte) (*convenant.Convenant, tlog.Record, error) {
	draft, err := convenant.ParseYAML(yaml)
	if err != nil {
		return nil, tlog.Record{}, err
	}
	record, err := c.publish(ctx, "/v1/convenanten/"+draft.ID+"/versies", "application/yaml", yaml, expected{tlog.Convenant, draft.Digest()}, request{})
	return draft, record, err
}

// SignConvenant signs a version of a convenant for the own party, with the key of its certificate, and hands the signature in. What
// is signed is agreed, which the caller has read: it should come from [Client.FetchConvenant] or from the party's own copy, not from
// a gateway unread.
func (c *Client) SignConvenant(ctx context.Context, agreed *convenant.Convenant, verdict convenant.Verdict, key *ecdsa.PrivateKey, chain []*x509.Certificate) (tlog.Record, error) {
	compact, err := convenant.Sign(agreed, verdict, c.now(), key, chain)
	if err != nil {
		return tlog.Record{}, err
	}
	path := versionPath(message.ConvenantRef{ID: agreed.ID, Version: agreed.Version}) + "/ondertekeningen"
	return c.publish(ctx, path, "application/jose", []byte(compact), expected{tlog.Convenant, digest.Of([]byte(compact))}, request{})
}

// PublishWpgDecision signs a Wpg decision for the own party, which must be of the police, and registers it.
func (c *Client) PublishWpgDecision(ctx context.Context, d convenant.WpgDecision, key *ecdsa.PrivateKey, chain []*x509.Certificate) (tlog.Record, error) {
	compact, err := convenant.SignWpgDecision(d, key, chain)
	if err != nil {
		return tlog.Record{}, err
	}
	return c.publish(ctx, "/v1/wpg-besluiten", "application/jose", []byte(compact), expected{tlog.Wpg, digest.Of([]byte(compact))}, request{})
}

// expected is what the record of a publication must say: cards, convenants and decisions stand in the trail as digests.
type expected struct {
	kind   tlog.RecordKind
	object digest.SHA256
}

// publish posts an object that the party signed and verifies that its record stands in the log.
func (c *Client) publish(ctx context.Context, path, contentType string, object []byte, want expected, r request) (tlog.Record, error) {
	a, err := c.post(ctx, path, contentType, object, r)
	if err != nil {
		return tlog.Record{}, err
	}
	var body struct {
		Receipt json.RawMessage `json:"ontvangst"`
	}
	if err := a.decode(&body); err != nil {
		return tlog.Record{}, err
	}
	record, _, err := c.verifyReceipt(ctx, body.Receipt)
	if err != nil {
		return tlog.Record{}, err
	}
	if record.Kind != want.kind || !is(record.JWS, want.object.String()) {
		return tlog.Record{}, falseReceipt(nil)
	}
	return record, nil
}

// Proof gives the proof of a record under the newest checkpoint, and verifies it (WIRE, "Receipt").
func (c *Client) Proof(ctx context.Context, record tlog.Record) (tlog.Receipt, error) {
	a, err := c.do(ctx, request{method: "GET", path: "/v1/auditregels/" + strconv.FormatInt(record.Nr, 10) + "/bewijs", accept: "text/plain", repeatable: true})
	if err != nil {
		return tlog.Receipt{}, err
	}
	canonical, err := record.Canonical()
	if err != nil {
		return tlog.Receipt{}, err
	}
	raw, err := json.Marshal(tlog.Receipt{Record: canonical, Proof: string(a.body)})
	if err != nil {
		return tlog.Receipt{}, falseReceipt(err)
	}
	_, receipt, err := c.verifyReceipt(ctx, raw)
	return receipt, err
}
