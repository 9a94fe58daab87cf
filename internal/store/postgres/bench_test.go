package postgres

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// BenchmarkUpdate commits messages of about the real size (an envelope of 2 KB, two records of 2 KB, ciphertext of 5.8 KB) in batches,
// and tells what each costs: time, and bytes of the write-ahead log.
func BenchmarkUpdate(b *testing.B) {
	for _, size := range []int{1, 8, 32, 64} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			db := pgtest.Shared(b).Database(b)
			if err := Migrate(b.Context(), Options{URL: db.Owner}); err != nil {
				b.Fatal(err)
			}
			s, admin := opened(b, db), dial(b, db.Cluster.Admin(db.Name))
			wal := func() (at int64) {
				must(b, admin.QueryRow(b.Context(), `SELECT pg_current_wal_lsn() - '0/0'::pg_lsn`).Scan(&at))
				return at
			}
			batches := make([][]audit.Change, b.N)
			for i := range batches {
				for range size {
					batches[i] = append(batches[i], realOffer())
				}
			}
			commitAll(b, s, batches[:1]) // prepares the statements
			before := wal()
			b.ReportAllocs()
			b.ResetTimer()
			commitAll(b, s, batches)
			b.StopTimer()
			messages := float64(b.N * size)
			b.ReportMetric(float64(wal()-before)/messages, "walbytes/message")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/messages, "µs/message")
		})
	}
}

// commitAll gives each message a new id first.
func commitAll(b *testing.B, s *Store, batches [][]audit.Change) {
	for _, batch := range batches {
		must(b, s.Update(b.Context(), func(tx audit.Tx) error {
			head, err := tx.Head()
			if err != nil {
				return err
			}
			first := head.Size
			for _, c := range batch {
				w := c.Writes[0].(relay.AcceptWrite)
				w.Message.ID = uuid.Must(uuid.NewV7()).String()
				w.Seen = max(first-int64(2*len(batch)*len(c.Records)), 0) // a batch waits while one before it is on its way
				err := tx.Savepoint(func() error {
					for i, r := range c.Records {
						r.Nr, r.Message = head.Size+int64(i), &w.Message.ID
						if err := tx.AppendRecord(r, []byte(*r.Purpose), []string{"A", "B"}, time.Time{}); err != nil {
							return err
						}
					}
					return tx.Apply(w, head.Size)
				})
				if err != nil {
					return err
				}
				head.Size += int64(len(c.Records))
			}
			if err := tx.AppendHashes(2*first, make([]tlog.Hash, 2*(head.Size-first))); err != nil {
				return err
			}
			head.Checkpoint, head.LastTime = fmt.Append(nil, "a checkpoint of about two hundred bytes", head.Size, noise(160)), drawnTime
			return tx.SetHead(head)
		}))
	}
}

func realOffer() audit.Change {
	c := offer("")
	w := c.Writes[0].(relay.AcceptWrite)
	w.Message.Envelope, w.Inline[relay.PayloadPart] = noise(2000), []byte(noise(5800))
	text := noise(2000)
	decided := tlog.Record{Time: drawnTime.Format(tlog.TimeLayout), Kind: tlog.Decided, Purpose: &text, JWS: &w.Message.Envelope}
	offered := decided
	offered.Kind = tlog.Offered
	c.Records = []tlog.Record{decided, offered}
	c.Writes[0] = w
	return c
}
