package auth

import (
	"crypto/sha256"
	"testing"
	"time"
)

func digestOf(n int) [sha256.Size]byte { return sha256.Sum256([]byte{byte(n), byte(n >> 8)}) }

func TestBoundTokensAreRememberedForTheirConnectionUntilTheyExpire(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	b := newBoundTokens(4)
	b.put(digestOf(1), boundToken{connection: digestOf(100), expires: now.Add(time.Minute)}, now)
	for _, c := range []struct {
		name            string
		key, connection [sha256.Size]byte
		at              time.Time
		want            bool
	}{
		{"as it was", digestOf(1), digestOf(100), now, true},
		{"other token", digestOf(2), digestOf(100), now, false},
		{"other certificate", digestOf(1), digestOf(101), now, false},
		{"at its end", digestOf(1), digestOf(100), now.Add(time.Minute), false},
	} {
		if _, ok := b.get(c.key, c.connection, c.at); ok != c.want {
			t.Errorf("%s: remembered %v, want %v", c.name, ok, c.want)
		}
	}
}

func TestBoundTokensStayBounded(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	b := newBoundTokens(8)
	for i := range 1000 {
		b.put(digestOf(i), boundToken{expires: now.Add(time.Minute)}, now)
		if len(b.tokens) > 8 {
			t.Fatalf("%d tokens after %d, at most 8", len(b.tokens), i+1)
		}
		if _, ok := b.get(digestOf(i), [sha256.Size]byte{}, now); !ok {
			t.Fatal("the newest token is not remembered")
		}
	}
	// What has expired goes first: it must not push out what still counts.
	b = newBoundTokens(8)
	for i := range 7 {
		b.put(digestOf(i), boundToken{expires: now.Add(time.Second)}, now)
	}
	b.put(digestOf(7), boundToken{expires: now.Add(time.Hour)}, now)
	b.put(digestOf(8), boundToken{expires: now.Add(time.Hour)}, now.Add(time.Minute))
	if _, ok := b.get(digestOf(7), [sha256.Size]byte{}, now.Add(time.Minute)); !ok || len(b.tokens) != 2 {
		t.Errorf("%d tokens left, want the two that count", len(b.tokens))
	}
}
