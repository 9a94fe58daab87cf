package client

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/message"
)

// TestNothingButASignatureSettles: whatever people sign in whatever order, and whatever the gateway says beside it, the sender may let go
// only when somebody took the message over while it could be taken over, and nobody who reacted is late.
func TestNothingButASignatureSettles(t *testing.T) {
	begin := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
	kinds := []message.ConfirmationKind{message.Received, message.Unreadable, message.TakenOver, message.HandedBack, message.Closed}
	statuses := []message.Status{message.Offered, message.Lapsed, "ontvangen", "onleesbaar", "overgenomen", "teruggegeven", "afgesloten", "verzonnen"}
	rapid.Check(t, func(t *rapid.T) {
		p := Progress{Status: message.Offered, Due: begin.Add(24 * time.Hour)}
		want, taken, reacted := message.Offered, false, time.Time{}
		at := begin
		for _, kind := range rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 6).Draw(t, "signed") {
			at = at.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "hours")) * time.Hour)
			p.apply(reaction{said: message.Confirmation{Kind: kind, Time: message.NewTime(at)}, who: "wa-7"})
			next, err := message.Next(want, kind)
			if err != nil {
				continue
			}
			want = next
			taken = taken || kind == message.TakenOver
			if reacted.IsZero() && (kind == message.TakenOver || kind == message.HandedBack) {
				reacted = at
			}
		}
		said := rapid.SampledFrom(statuses).Draw(t, "the gateway says")
		before := p
		p.claim(said)
		lapsed := said == message.Lapsed && !before.Status.Delivered()
		if p.Status != want && !(lapsed && p.Status == message.Lapsed) {
			t.Fatalf("status %s, signed was %s, the gateway said %s", p.Status, want, said)
		}
		if p.Settled() != taken || p.Settled() != before.Settled() {
			t.Fatalf("settled is %v, taken over is %v, the gateway said %s", p.Settled(), taken, said)
		}
		if !p.Reacted.Equal(reacted) {
			t.Fatalf("reacted at %v, want %v", p.Reacted, reacted)
		}
		now := begin.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "now")) * time.Hour)
		if p.Late(now) != (reacted.IsZero() && now.After(p.Due)) {
			t.Fatalf("late is %v at %v with a reaction at %v, due %v", p.Late(now), now, reacted, p.Due)
		}
		if p.Claimed != "" && (p.Claimed != said || p.Claimed == p.Status) {
			t.Fatalf("claimed %s, said %s, status %s", p.Claimed, said, p.Status)
		}
	})
}
