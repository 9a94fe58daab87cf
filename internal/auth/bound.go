package auth

import (
	"crypto/sha256"
	"sync"
	"time"
)

// maxRemembered bounds the memory of bound tokens: about 200 bytes each, and a token lives five minutes at most.
const maxRemembered = 16384

// boundToken is a token whose signature was verified and that its cnf binds to one certificate.
type boundToken struct {
	participant string
	kid         string
	connection  [sha256.Size]byte // SHA-256 of the certificate's DER
	expires     time.Time
}

// boundTokens remembers them until they expire, by the SHA-256 of the whole token, so that the memory holds no credential.
// Forgetting one early costs a signature check and nothing else.
type boundTokens struct {
	mu     sync.Mutex
	tokens map[[sha256.Size]byte]boundToken
	most   int
}

func newBoundTokens(most int) *boundTokens {
	return &boundTokens{tokens: make(map[[sha256.Size]byte]boundToken), most: most}
}

// get gives a remembered token that has not expired and is used over the connection that it is bound to.
func (b *boundTokens) get(key, connection [sha256.Size]byte, now time.Time) (boundToken, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, ok := b.tokens[key]
	if !ok || t.connection != connection || !t.expires.After(now) {
		return boundToken{}, false
	}
	return t, true
}

func (b *boundTokens) put(key [sha256.Size]byte, t boundToken, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.tokens) >= b.most {
		b.makeRoom(now)
	}
	b.tokens[key] = t
}

// makeRoom drops what has expired; when that is too little, half of what is left, whichever comes first.
func (b *boundTokens) makeRoom(now time.Time) {
	for key, t := range b.tokens {
		if !t.expires.After(now) {
			delete(b.tokens, key)
		}
	}
	for key := range b.tokens {
		if len(b.tokens) <= b.most/2 {
			return
		}
		delete(b.tokens, key)
	}
}
