package relay

import (
	"crypto/rand"
	"errors"
	"fmt"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"
)

// Ciphertext at rest is itself an age file around the age file that came in. Its file key is sealed under the key of the day, so
// that destroying that one key makes every ciphertext of the day unreadable, wherever a copy of it went: the database, its WAL,
// a backup. age does the rest (streaming, authentication); only the wrapping of 16 bytes is ours, in one stanza:
//
//	-> sluis-dagsleutel <day>
//	base64(nonce of 24 bytes ‖ XChaCha20-Poly1305(day key, nonce, file key, associated data))
//
// The associated data names message, part and day: a kept ciphertext that is moved to another message does not open.
const dayStanza = "sluis-dagsleutel"

// dayRecipient is an age.Recipient.
type dayRecipient struct {
	day string // YYYY-MM-DD, UTC
	key []byte // 32 bytes
	id  string // of the message
	of  Part
}

func associated(id string, of Part, day string) []byte {
	return []byte(dayStanza + "\x00" + id + "\x00" + string(of) + "\x00" + day)
}

// Wrap seals a file key. A random nonce of 24 bytes does not repeat in any number of messages that a day can hold.
func (r dayRecipient) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	aead, err := chacha20poly1305.NewX(r.key)
	if err != nil {
		return nil, fmt.Errorf("using the key of day %s: %w", r.day, err)
	}
	body := make([]byte, aead.NonceSize(), aead.NonceSize()+len(fileKey)+aead.Overhead())
	rand.Read(body) // never fails (Go 1.24 and later: it would end the process)
	body = aead.Seal(body, body, fileKey, associated(r.id, r.of, r.day))
	return []*age.Stanza{{Type: dayStanza, Args: []string{r.day}, Body: body}}, nil
}

// dayIdentity is an age.Identity: it asks for the key of the day that the stanza names.
type dayIdentity struct {
	keys DayKeys
	id   string
	of   Part
}

// Unwrap opens a file key. ErrKeyGone when its day key was destroyed: nobody can read it any more.
func (i dayIdentity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	if len(stanzas) != 1 || stanzas[0].Type != dayStanza || len(stanzas[0].Args) != 1 {
		return nil, fmt.Errorf("not a file at rest of this gateway: %w", age.ErrIncorrectIdentity)
	}
	day, body := stanzas[0].Args[0], stanzas[0].Body
	key, err := i.keys.Get(day, false)
	if err != nil {
		return nil, fmt.Errorf("getting the key of a day: %w", err)
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fmt.Errorf("using the key of a day: %w", err)
	}
	if len(body) < aead.NonceSize() {
		return nil, errors.New("opening a file at rest: its stanza is too short")
	}
	fileKey, err := aead.Open(nil, body[:aead.NonceSize()], body[aead.NonceSize():], associated(i.id, i.of, day))
	if err != nil {
		return nil, errors.New("opening a file at rest: it is damaged, or of another message or day")
	}
	return fileKey, nil
}
