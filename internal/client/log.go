package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// verifyReceipt checks a receipt: its record stands in the log, at its own number, under the log's key, and the log still holds
// everything that this profile saw of it. It gives the record; whether it is about the right thing is for the caller to check.
func (c *Client) verifyReceipt(ctx context.Context, raw json.RawMessage) (tlog.Record, tlog.Receipt, error) {
	var receipt tlog.Receipt
	if err := json.Unmarshal(raw, &receipt); err != nil {
		return tlog.Record{}, receipt, falseReceipt(err)
	}
	err := error(tlog.ErrProof)
	for _, v := range c.verifiers() {
		var record tlog.Record
		if record, err = tlog.VerifyReceipt(receipt, v.Name(), v); err != nil {
			continue
		}
		return record, receipt, c.follow(ctx, checkpointOf(receipt.Proof))
	}
	if c.underLaterName(checkpointOf(receipt.Proof)) {
		return tlog.Record{}, receipt, lost(err)
	}
	return tlog.Record{}, receipt, falseReceipt(err)
}

func falseReceipt(err error) *Refusal {
	return refuse(ReceiptFalse, err, "Het ontvangstbewijs van de sluis klopt niet. Ga er niet van uit dat dit goed is vastgelegd. Bewaar deze melding en waarschuw de privacyfunctionaris.")
}

// checkpointOf gives the signed checkpoint at the end of a proof (C2SP tlog-proof: an empty line comes before it).
func checkpointOf(proof string) []byte {
	_, checkpoint, _ := strings.Cut(proof, "\n\n")
	return []byte(checkpoint)
}

// follow compares a checkpoint with the one in controlepunt, and keeps the larger. An older checkpoint is fine when it is a
// beginning of the kept one: an earlier receipt has one.
func (c *Client) follow(ctx context.Context, signed []byte) error {
	c.trail.Lock()
	defer c.trail.Unlock()
	now, err := c.openCheckpoint(signed)
	if err != nil {
		return falseReceipt(err)
	}
	path := c.profile.path(fileCheckpoint)
	for {
		kept, err := os.ReadFile(path)
		if err == nil {
			seen, err := c.openCheckpoint(kept)
			if err != nil {
				return forked(err)
			}
			if now.before(seen) {
				return c.goesOn(ctx, now, seen)
			}
			if err := c.goesOn(ctx, seen, now); err != nil {
				return err
			}
		} else if !errors.Is(err, fs.ErrNotExist) { // first sight: nothing to compare with yet
			return fmt.Errorf("reading %s of the profile: %w", fileCheckpoint, err)
		}
		done, err := c.replaceCheckpoint(kept, signed)
		if err != nil || done {
			return err
		}
		// Another command of this participant kept one meanwhile. The gateway may have shown it another log: compare with that too.
	}
}

// replaceCheckpoint writes controlepunt when it still holds what the new one was compared with.
func (c *Client) replaceCheckpoint(compared, signed []byte) (done bool, err error) {
	release, err := c.profile.lock()
	if err != nil {
		return false, err
	}
	defer release()
	path := c.profile.path(fileCheckpoint)
	kept, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("reading %s of the profile: %w", fileCheckpoint, err)
	}
	if !bytes.Equal(kept, compared) {
		return false, nil
	}
	return true, writeFile(path, signed)
}
