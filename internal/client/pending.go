package client

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Pending is a message that was handed over, and of which no receipt was verified: the command was killed, or the connection
// broke. It may have arrived, unless it Awaits.
type Pending struct {
	ID         string
	Kind       vocabulary.Kind
	Recipients []message.Recipient
	Time       time.Time // sealed
	Awaits     bool      // it has not left: a colleague has to sign first, see [Client.ResumeCoSigned]
}

// PendingError says that a message was handed over and that it is not known whether it arrived. It waits in the profile, sealed:
// [Client.Resume] sends it again. Other errors of sending say that nothing waits.
type PendingError struct {
	ID  string
	Err error // an *UnreachableError, or a *Problem that is no verdict on the message
}

// Error gives the cause.
func (e *PendingError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *PendingError) Unwrap() error { return e.Err }

// Pending gives the messages that wait in the profile to be sent again, oldest first. What was not kept whole is not among them:
// that command was killed before anything left. The error is a fault.List of those that are damaged; the others are given beside it.
func (c *Client) Pending() ([]Pending, error) {
	entries, err := os.ReadDir(c.profile.path(dirPending)) // sorted by name: UUIDv7 is in order of time
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s in the profile: %w", dirPending, err)
	}
	var list []Pending
	var damaged fault.List
	for _, entry := range entries {
		if !entry.IsDir() || !message.ValidID(entry.Name()) {
			continue // not ours
		}
		v, err := c.profile.pendingEnvelope(entry.Name())
		var faults fault.List
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue // half written, or sent by another command since we looked
		case errors.As(err, &faults):
			damaged = append(damaged, faults...)
			continue
		case err != nil:
			return nil, err
		}
		e := v.Envelope()
		list = append(list, Pending{ID: e.ID, Kind: e.Kind, Recipients: e.Recipients, Time: e.Time.Time, Awaits: c.profile.awaitsSecond(e.ID)})
	}
	return list, damaged.Err()
}

// Resume sends a pending message again, byte for byte, and verifies the receipt: that of the first time when it had arrived then.
// So it arrives once, however often it is sent. The gateway takes no envelope that is more than minutes old and that it did not see
// before: that is a *Problem, after which the message is no longer pending and has to be written anew.
func (c *Client) Resume(ctx context.Context, id string) (Sent, error) {
	if err := checkID("bericht", id); err != nil {
		return Sent{}, err
	}
	s, err := c.profile.readPending(id)
	if errors.Is(err, fs.ErrNotExist) {
		return Sent{}, notPending()
	}
	if err != nil {
		return Sent{}, err
	}
	if s.awaits() {
		return Sent{}, fault.List{{Place: "bericht", Message: "wacht op het akkoord van een collega. Die maakt het met sluis cosign; verstuur daarna met sluis send --hervat --akkoord BESTAND"}}
	}
	return c.handOver(ctx, s)
}

func notPending() error {
	return fault.List{{Place: "bericht", Message: "staat hier niet klaar om nog eens te versturen"}}
}

// handOver sends what is kept in the profile, and forgets it when its fate is known.
func (c *Client) handOver(ctx context.Context, s sealed) (Sent, error) {
	e := s.envelope.Envelope()
	a, err := c.deliver(ctx, s)
	if err != nil {
		if refusedForGood(err) {
			return Sent{}, errors.Join(err, c.profile.dropPending(e.ID))
		}
		return Sent{}, &PendingError{e.ID, err}
	}
	sent := Sent{ID: e.ID, Case: e.Case, Recipients: e.Recipients}
	if sent.Record, sent.Receipt, err = c.acknowledged(ctx, s, a); err != nil {
		return sent, err // kept: whoever looks into it can have the same bytes answered again
	}
	return sent, c.profile.dropPending(e.ID)
}

// refusedForGood reports whether the gateway judged these very bytes and did not take them. Anything else (no answer, too busy, a
// fault of our login, a word of something in between) says nothing about whether they arrived.
func refusedForGood(err error) bool {
	var no *Problem
	if !errors.As(err, &no) || no.Code == unknownCode {
		return false
	}
	return has([]int{400, 403, 409, 413, 415}, no.Status)
}

// keepPending writes a sealed message into the profile before it leaves. Nothing of it can be read there by anybody but those for
// whom it is sealed; the envelope comes last, so that what is there with an envelope is whole.
func (p *Profile) keepPending(s sealed) (err error) {
	p.clearHalfWritten()
	id := s.envelope.Envelope().ID
	defer func() {
		if err != nil { // the disk is full, perhaps
			err = errors.Join(err, p.dropPending(id))
		}
	}()
	folder := p.pendingPath(id)
	if s.motivation != nil {
		if err := writeFile(filepath.Join(folder, motivationPlace), s.motivation); err != nil {
			return err
		}
	}
	if err := writeFile(filepath.Join(folder, "lading"), s.lading); err != nil {
		return err
	}
	if s.asks {
		if err := writeFile(filepath.Join(folder, asksFile), nil); err != nil {
			return err
		}
	}
	return writeFile(filepath.Join(folder, "envelop"), []byte(s.envelope.Compact()))
}

func (p *Profile) pendingPath(id string) string { return filepath.Join(p.path(dirPending), id) }

// dropPending takes the envelope away first: whoever is killed halfway leaves what [Profile.clearHalfWritten] clears, and not a message
// that looks damaged.
func (p *Profile) dropPending(id string) error {
	folder := p.pendingPath(id)
	err := os.RemoveAll(filepath.Join(folder, "envelop"))
	if err == nil {
		err = os.RemoveAll(folder)
	}
	if err != nil {
		return fmt.Errorf("clearing a message that was sent from %s in the profile: %w", dirPending, err)
	}
	return nil
}

// halfWritten is how long a message may take to be written. What has no envelope after it is of a command that was killed.
const halfWritten = time.Hour

// clearHalfWritten takes away what can never be sent: what is sealed for somebody is not kept for nothing. What does not go now goes
// another time.
func (p *Profile) clearHalfWritten() {
	entries, err := os.ReadDir(p.path(dirPending))
	if err != nil {
		return
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !entry.IsDir() || !message.ValidID(entry.Name()) || time.Since(info.ModTime()) < halfWritten {
			continue
		}
		if time.Since(info.ModTime()) > message.CoSignedFor+halfWritten && p.awaitsSecond(entry.Name()) {
			_ = p.dropPending(entry.Name()) // it never left, and is too old to be sent
			continue
		}
		folder := p.pendingPath(entry.Name())
		if _, err := os.Lstat(filepath.Join(folder, "envelop")); errors.Is(err, fs.ErrNotExist) {
			_ = os.RemoveAll(folder)
		}
	}
}
