package client

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
)

// pendingEnvelope reads an envelope that this profile signed.
func (p *Profile) pendingEnvelope(id string) (message.VerifiedEnvelope, error) {
	compact, err := p.readPart(id, "envelop", func(size int64) bool { return size <= jose.MaxCompactBytes })
	if err != nil {
		return message.VerifiedEnvelope{}, err
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
		file, err := p.readPart(id, part, func(size int64) bool { return size == want.Length })
		if errors.Is(err, fs.ErrNotExist) {
			if _, err := os.Lstat(filepath.Join(p.pendingPath(id), "envelop")); err != nil {
				return nil, err // another command sent it since we looked
			}
			return nil, damagedPending(id)
		}
		if err == nil && contentOf(file) != want {
			err = damagedPending(id)
		}
		return file, err
	}
	if s.lading, err = read("lading", e.Payload); err == nil && e.Motivation != nil {
		s.motivation, err = read(motivationPlace, *e.Motivation)
	}
	if err != nil {
		return s, err
	}
	s.asks = p.asksSecond(id)
	s.second, err = p.pendingSecond(s.envelope)
	return s, err
}

// readPart reads one file of a message. What is no file, or has a length that it cannot have, is damage, and is not opened.
func (p *Profile) readPart(id, part string, fits func(size int64) bool) ([]byte, error) {
	path := filepath.Join(p.pendingPath(id), part)
	info, err := os.Lstat(path)
	if err == nil && (!info.Mode().IsRegular() || !fits(info.Size())) {
		return nil, damagedPending(id)
	}
	var file []byte
	if err == nil {
		file, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a message in %s of the profile: %w", dirPending, err)
	}
	return file, nil
}

func damagedPending(id string) error {
	return fault.List{{Place: dirPending + "/" + id, Message: "is beschadigd, of met een andere sleutel ondertekend. Kijk met sluis inbox --verstuurd of het bericht is aangekomen, en gooi deze map daarna weg"}}
}
