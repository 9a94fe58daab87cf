package tlog

import (
	"errors"
	"fmt"
	"strings"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// ErrCheckpoint says that a checkpoint is not one of this log, or not signed with its key.
var ErrCheckpoint = errors.New("controlepunt van het auditspoor klopt niet")

// maxCheckpoint is the longest note that is looked at, in bytes: 128 bytes of text and room for hundreds of cosignatures.
const maxCheckpoint = 64 << 10

// Origin gives the origin of the log of a host: "<host>/log"; host carries its port unless 443.
//
// C2SP tlog-checkpoint: "The first line is the origin, a unique identifier for the log … It SHOULD be a schema-less URL".
func Origin(host string) string { return host + "/log" }

// SignCheckpoint gives a signed note with a C2SP checkpoint: origin, size and root. It refuses a signer of another log:
// C2SP tlog-checkpoint wants the log's signature to have the origin as its key name.
func SignCheckpoint(origin string, size int64, root Hash, signer note.Signer) ([]byte, error) {
	if signer.Name() != origin {
		return nil, fmt.Errorf("signing checkpoint of size %d: the key is of another log", size)
	}
	text := torchwood.Checkpoint{Origin: origin, Tree: tlog.Tree{N: size, Hash: root}}.String()
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return nil, fmt.Errorf("signing checkpoint of size %d: %w", size, err)
	}
	return signed, nil
}

// VerifyCheckpoint checks that a note is a checkpoint of the log with this origin, signed with its key, and gives size and
// root. Signatures of others (witnesses) may stand beside it and are not looked at. Its only error is [ErrCheckpoint].
func VerifyCheckpoint(signed []byte, origin string, verifier note.Verifier) (size int64, root Hash, err error) {
	if len(signed) > maxCheckpoint {
		return 0, Hash{}, ErrCheckpoint
	}
	c, _, err := torchwood.VerifyCheckpoint(signed, logPolicy(origin, verifier))
	if err != nil {
		return 0, Hash{}, ErrCheckpoint
	}
	return c.N, c.Hash, nil
}

// Claimed reads what a checkpoint says without looking at a signature: to find what to compare it with. Its only error is
// [ErrCheckpoint].
func Claimed(signed []byte) (origin string, size int64, root Hash, err error) {
	text, _, ok := strings.Cut(string(signed), "\n\n")
	if !ok || len(signed) > maxCheckpoint {
		return "", 0, Hash{}, ErrCheckpoint
	}
	c, err := torchwood.ParseCheckpoint(text + "\n")
	if err != nil {
		return "", 0, Hash{}, ErrCheckpoint
	}
	return c.Origin, c.N, c.Hash, nil
}

// ClaimedSize gives the size of [Claimed] alone.
func ClaimedSize(signed []byte) (int64, error) {
	_, size, _, err := Claimed(signed)
	return size, err
}

// OwnSignature gives a checkpoint with the signature of its log alone: those of witnesses are left out, so that it has a length that
// fits in a record. Its only error is [ErrCheckpoint].
func OwnSignature(signed []byte) ([]byte, error) {
	origin, _, _, err := Claimed(signed)
	if err != nil {
		return nil, err
	}
	text, signatures, _ := strings.Cut(string(signed), "\n\n")
	for line := range strings.Lines(signatures) {
		if strings.HasPrefix(line, "\u2014 "+origin+" ") {
			return []byte(text + "\n\n" + line), nil
		}
	}
	return nil, ErrCheckpoint
}

// logPolicy wants both: this origin, and the signature of this key.
func logPolicy(origin string, verifier note.Verifier) torchwood.Policy {
	return torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(origin), torchwood.SingleVerifierPolicy(verifier))
}
