package message_test

import (
	"math/bits"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/message"
)

func TestPaddedLengths(t *testing.T) {
	for n, want := range map[int]int{
		0: 4096, 1: 4096, 4095: 4096, 4096: 4096,
		4097: 4352, 4352: 4352, 4353: 4608, // E = 12, S = 4: multiples of 256
		8192: 8192, 8193: 8704, // E = 13, S = 4: multiples of 512
		65536: 65536, 65537: 67584, // E = 16, S = 5: multiples of 2048
		25 << 20: 25 << 20, 25<<20 + 1: 25<<20 + 1<<19, // E = 24, S = 5
	} {
		if got := message.PaddedLength(n); got != want {
			t.Errorf("PaddedLength(%d) = %d, want %d", n, got, want)
		}
	}
}

// TestPaddingLaws: long enough, never shorter for a longer text, at most a sixteenth more, stable, and showing no more of
// the length than its leading S+1 bits.
func TestPaddingLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, message.MaxPayload).Draw(t, "n")
		m := rapid.IntRange(n, message.MaxPayload).Draw(t, "m")
		got := message.PaddedLength(n)
		if got < n || got < 4096 {
			t.Fatalf("%d does not fit in %d", n, got)
		}
		if message.PaddedLength(m) < got {
			t.Fatalf("a text of %d gives a shorter payload than one of %d", m, n)
		}
		if message.PaddedLength(got) != got {
			t.Fatalf("%d is not stable", got)
		}
		if n > 4096 && got-n >= n/16 {
			t.Fatalf("%d bytes added to %d", got-n, n)
		}
		e := bits.Len(uint(got)) - 1
		s := bits.Len(uint(e))
		if got%(1<<(e-s)) != 0 {
			t.Fatalf("%d shows more than %d bits of a length", got, s+1)
		}
	})
}
