package client

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// LogLoss is a loss that the log admits, each signature and proof verified by this profile.
type LogLoss struct {
	Nr   int64     // of the record that says so: so many were kept
	Time time.Time // of that record
	Lost int64     // how many there were at least, by the largest checkpoint known of what was lost
	Name string    // of the log from there on
	Sent []string  // messages of this profile that are lost by their number, or that the gateway does not know, oldest first: nobody else may have them
}

// maxLosses is the longest list that is looked at.
const maxLosses = 999

// Losses asks what the log admits to have lost, and checks it: each admission stands in the log under its newest name, follows on the one
// before, and names a checkpoint that the log signed; and what this profile saw last is still there, or is admitted to be lost. Nothing
// changes. A *Refusal with LogForked says that more is missing than the log admits.
func (c *Client) Losses(ctx context.Context) ([]LogLoss, error) {
	list, _, err := c.losses(ctx)
	return list, err
}

// AcceptLosses is Losses, after which this profile trusts the log under its new name: the decision of a person who looked at the list.
func (c *Client) AcceptLosses(ctx context.Context) ([]LogLoss, error) {
	list, newest, err := c.losses(ctx)
	if err != nil || len(list) == 0 {
		return list, err
	}
	release, err := c.profile.lock()
	if err != nil {
		return nil, err
	}
	defer release()
	keys, err := os.ReadFile(c.profile.path(fileLogKeys))
	if err != nil {
		return nil, fmt.Errorf("reading %s of the profile: %w", fileLogKeys, err)
	}
	text := strings.TrimRight(string(keys), "\n") + "\n"
	for _, l := range list {
		for _, v := range c.profile.logVkeys {
			under, err := tlog.PublicUnder(l.Name, v)
			if of, _ := tlog.Succession(nameOf(v)); err == nil && of == c.origin && !strings.Contains(text, under+"\n") {
				text += under + "\n"
			}
		}
	}
	// First the name, then the checkpoint under it: after a crash in between the profile asks once more.
	if err := writeFile(c.profile.path(fileLogKeys), []byte(text)); err != nil {
		return nil, err
	}
	return list, writeFile(c.profile.path(fileCheckpoint), newest)
}

// nameOf gives the name in a vkey.
func nameOf(vkey string) string {
	name, _, _ := strings.Cut(vkey, "+")
	return name
}

// losses gives the losses and the newest checkpoint.
func (c *Client) losses(ctx context.Context) ([]LogLoss, []byte, error) {
	var body struct {
		Losses []tlog.Receipt `json:"verliezen"`
	}
	if err := c.get(ctx, "/v1/log/verliezen", nil, &body); err != nil {
		return nil, nil, err
	}
	if len(body.Losses) == 0 || len(body.Losses) > maxLosses {
		return nil, nil, nil
	}
	signed := checkpointOf(body.Losses[0].Proof)
	newest, err := openUnder(signed, c.profile.under(c.origin, tlog.NameOf(c.origin, len(body.Losses)+1)))
	if err != nil {
		return nil, nil, forked(err)
	}
	var list []LogLoss
	var admitted []checkpoint
	for i, receipt := range body.Losses {
		loss, was, err := c.admission(receipt, newest, tlog.NameOf(c.origin, i+2))
		if err != nil {
			return nil, nil, forked(err)
		}
		if loss.Sent, err = c.lostOf(ctx, was.name, loss.Nr); err != nil {
			return nil, nil, err
		}
		list, admitted = append(list, loss), append(admitted, was)
	}
	return list, signed, c.answered(ctx, newest, admitted)
}

// admission checks one loss: its record is proven under the newest checkpoint, leads to this name, and names a checkpoint of the log.
func (c *Client) admission(receipt tlog.Receipt, newest checkpoint, next string) (LogLoss, checkpoint, error) {
	err := tlog.ErrProof
	var record tlog.Record
	for _, v := range c.profile.under(c.origin, newest.name) {
		if record, err = tlog.VerifyReceipt(receipt, newest.name, v); err == nil {
			break
		}
	}
	if err != nil {
		return LogLoss{}, checkpoint{}, err
	}
	loss, err := tlog.ParseLoss(record)
	if err != nil || loss.Next != next {
		return LogLoss{}, checkpoint{}, errors.Join(err, tlog.ErrLoss)
	}
	name, _, err := loss.Lost()
	if err != nil {
		return LogLoss{}, checkpoint{}, err
	}
	was, err := openUnder([]byte(loss.Checkpoint), c.profile.under(c.origin, name))
	if err != nil {
		return LogLoss{}, checkpoint{}, err
	}
	at, err := time.Parse(tlog.TimeLayout, record.Time)
	return LogLoss{Nr: record.Nr, Time: at, Lost: was.tree.N, Name: loss.Next}, was, err
}

// answered checks that what this profile saw last is in the log, or in a part that the log admits to have lost.
func (c *Client) answered(ctx context.Context, newest checkpoint, admitted []checkpoint) error {
	kept, err := os.ReadFile(c.profile.path(fileCheckpoint))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading %s of the profile: %w", fileCheckpoint, err)
	}
	origin, _, _, err := tlog.Claimed(kept)
	if err != nil {
		return forked(err)
	}
	seen, err := openUnder(kept, c.profile.under(c.origin, origin))
	if err != nil {
		return forked(err)
	}
	if seen.before(newest) {
		err = c.goesOn(ctx, seen, newest)
		if err == nil || cannotTell(err) {
			return err
		}
	}
	for _, was := range admitted {
		if was.name == seen.name && seen.tree.N <= was.tree.N {
			return nil
		}
	}
	return forked(err)
}
