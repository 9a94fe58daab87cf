package audit_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// sent is a change of the size of a real one: a decision with its facts, the offer, and a message with its ciphertext.
func sent() audit.Change {
	id := uuid.Must(uuid.NewV7()).String()
	facts := []byte(fmt.Sprintf(`{"gesteld":{"doel":"veilige-school"},"vastgesteld":{"tekst":%q}}`, strings.Repeat("f", 500)))
	envelope := fmt.Sprintf("%01200d.%s", 0, id)
	to := []tlog.Target{{Party: "00000099000000020000", Function: "wijkagent", Participants: []string{"wa-7"}}}
	from := &tlog.Actor{Party: "00000099000000030000", Participant: "vc-1", Function: "veiligheidscoordinator"}
	return audit.Change{
		Records: []tlog.Record{
			{Kind: tlog.Decided, Message: &id, Sender: from, Recipients: to, Decision: ptr(audit.Allowed), Facts: facts, JWS: &envelope},
			{Kind: tlog.Offered, Message: &id, Sender: from, Recipients: to, JWS: &envelope},
		},
		Writes: []audit.Write{relay.AcceptWrite{
			RecordIndex: 1, Day: "2026-11-21", Inline: map[relay.Part][]byte{relay.PayloadPart: make([]byte, 5800)},
			Message: relay.Stored{
				ID: id, Kind: "signaal", Time: time.Now(), Case: id, SenderOIN: "00000099000000030000", SenderID: "vc-1", Envelope: envelope,
				Recipients: []relay.RecipientState{{Party: "00000099000000020000", Function: "wijkagent", People: []string{"wa-7"}, Status: message.Offered}},
			},
		}},
	}
}

// concurrently calls f b.N times from so many goroutines, and reports the rate.
func concurrently(b *testing.B, clients int, f func() error) {
	var left atomic.Int64
	left.Store(int64(b.N))
	errs := make(chan error, clients)
	b.ResetTimer()
	for range clients {
		go func() {
			for left.Add(-1) >= 0 {
				if err := f(); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range clients {
		if err := <-errs; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}

// BenchmarkCommit is whole messages put into the log, signed and durable, by 1, 8 and 32 at once.
func BenchmarkCommit(b *testing.B) {
	for _, clients := range []int{1, 8, 32} {
		b.Run(fmt.Sprint(clients), func(b *testing.B) {
			h := newHouse(b)
			s := h.sequencer(h.store, func(o *audit.Options) { o.Now = time.Now })
			b.ReportAllocs()
			concurrently(b, clients, func() error {
				_, err := s.Commit(b.Context(), sent())
				return err
			})
		})
	}
}

// BenchmarkPlainInsert is the same rows, kept durably one message at a time without log or signature: what the disk and the
// database cost by themselves.
func BenchmarkPlainInsert(b *testing.B) {
	for _, clients := range []int{1, 8, 32} {
		b.Run(fmt.Sprint(clients), func(b *testing.B) {
			h := newHouse(b)
			var next atomic.Int64
			concurrently(b, clients, func() error {
				c := sent()
				nr := next.Add(2) - 2
				return h.store.Update(b.Context(), func(tx audit.Tx) error {
					for i, r := range c.Records {
						r.Nr = nr + int64(i)
						if err := tx.AppendRecord(r, make([]byte, 2500), []string{"00000099000000030000", "00000099000000020000"}, time.Time{}); err != nil {
							return err
						}
					}
					return tx.Apply(c.Writes[0], nr)
				})
			})
		})
	}
}
