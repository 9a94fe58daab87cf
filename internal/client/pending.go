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
// broke. It may have arrived.
type Pending struct {
	ID         string
	Kind       vocabulary.Kind
	Recipients []message.Recipient
	Time       time.Time // sealed
}

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
		list = append(list, Pending{ID: e.ID, Kind: e.Kind, Recipients: e.Recipients, Time: e.Time.Time})
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
		return Sent{}, fault.List{{Place: "bericht", Message: "staat hier niet klaar om nog eens te versturen"}}
	}
	if err != nil {
		return Sent{}, err
	}
	return c.handOver(ctx, s)
}

// handOver sends what is kept in the profile, and forgets it when its fate is known.
func (c *Client) handOver(ctx context.Context, s sealed) (Sent, error) {
	e := s.envelope.Envelope()
	a, err := c.deliver(ctx, s)
	if err != nil {
		if refusedForGood(err) {
			err = errors.Join(err, c.profile.dropPending(e.ID))
		}
		return Sent{}, err
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
func (p *Profile) keepPending(s sealed) error {
	folder := p.pendingPath(s.envelope.Envelope().ID)
	if s.motivation != nil {
		if err := writeFile(filepath.Join(folder, motivationPlace), s.motivation); err != nil {
			return err
		}
	}
	if err := writeFile(filepath.Join(folder, "lading"), s.lading); err != nil {
		return err
	}
	return writeFile(filepath.Join(folder, "envelop"), []byte(s.envelope.Compact()))
}

func (p *Profile) pendingPath(id string) string { return filepath.Join(p.path(dirPending), id) }

func (p *Profile) dropPending(id string) error {
	if err := os.RemoveAll(p.pendingPath(id)); err != nil {
		return fmt.Errorf("clearing a message that was sent from %s in the profile: %w", dirPending, err)
	}
	return nil
}

// pendingEnvelope reads an envelope that this profile signed.
func (p *Profile) pendingEnvelope(id string) (message.VerifiedEnvelope, error) {
	compact, err := os.ReadFile(filepath.Join(p.pendingPath(id), "envelop"))
	if err != nil {
		return message.VerifiedEnvelope{}, fmt.Errorf("reading a message in %s of the profile: %w", dirPending, err)
	}
	parsed, err := message.ParseEnvelope(string(compact))
	if err != nil || parsed.ID() != id {
		return message.VerifiedEnvelope{}, damagedPending(id)
	}
	v, err := parsed.Verify(&p.key.PublicKey)
	if err != nil {
		return v, damagedPending(id)
	}
	return v, nil
}

// readPending reads a whole message, and holds its age files to the envelope.
func (p *Profile) readPending(id string) (sealed, error) {
	var s sealed
	var err error
	if s.envelope, err = p.pendingEnvelope(id); err != nil {
		return s, err
	}
	e := s.envelope.Envelope()
	read := func(part string, want message.Content) ([]byte, error) {
		file, err := os.ReadFile(filepath.Join(p.pendingPath(id), part))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading a message in %s of the profile: %w", dirPending, err)
		}
		if contentOf(file) != want {
			return nil, damagedPending(id)
		}
		return file, nil
	}
	if s.lading, err = read("lading", e.Payload); err == nil && e.Motivation != nil {
		s.motivation, err = read(motivationPlace, *e.Motivation)
	}
	return s, err
}

func damagedPending(id string) error {
	return fault.List{{Place: dirPending + "/" + id, Message: "is beschadigd, of met een andere sleutel ondertekend. Kijk met sluis inbox --verstuurd of het bericht is aangekomen, en gooi deze map daarna weg"}}
}
