package client

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
)

const (
	// asksFile says, by being there, that a pending message may not leave with one signature. It stays when the second one came.
	asksFile = "vraagt-akkoord"
	// secondPart is the second signature: a part of an upload, and a file of a pending message.
	secondPart = "medeondertekening"
)

func (p *Profile) asksSecond(id string) bool { return p.hasPart(id, asksFile) }

// awaitsSecond reports whether a pending message has not left because a colleague has yet to sign.
func (p *Profile) awaitsSecond(id string) bool { return p.asksSecond(id) && !p.hasPart(id, secondPart) }

// hasPart takes what cannot be looked at for something that is there.
func (p *Profile) hasPart(id, part string) bool {
	_, err := os.Lstat(filepath.Join(p.pendingPath(id), part))
	return !errors.Is(err, fs.ErrNotExist)
}

// keepSecond writes the second signature of a pending message, before it leaves: sent again, it is sent with the same one.
func (p *Profile) keepSecond(id, compact string) error {
	return writeFile(filepath.Join(p.pendingPath(id), secondPart), []byte(compact))
}

// pendingSecond reads the second signature of a pending message; "" for none. Whose it is was looked at when it was kept; the gateway
// looks again.
func (p *Profile) pendingSecond(v message.VerifiedEnvelope) (string, error) {
	id := v.Envelope().ID
	compact, err := p.readPart(id, secondPart, func(size int64) bool { return size <= jose.MaxCompactBytes })
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	parsed, err := message.ParseCoSignature(string(compact))
	if err != nil || !parsed.Names(v) {
		return "", damagedPending(id)
	}
	return string(compact), nil
}
