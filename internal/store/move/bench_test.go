package move

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// BenchmarkMove moves a log of messages of 4 KiB, of which one in ten still has its ciphertext, and verifies it there. SLUIS_RECORDS is how many
// records. It tells how many of them a second, and how much memory this process had at most.
func BenchmarkMove(b *testing.B) {
	records := 20_000
	if text := os.Getenv("SLUIS_RECORDS"); text != "" {
		var err error
		records, err = strconv.Atoi(text)
		must(b, err)
	}
	secret, _, err := tlog.GenerateKey(origin)
	must(b, err)
	l := trail{b.TempDir(), secret}
	l.fill(b, records/2)
	for range b.N {
		c, db := l.copied(b), migrated(b)
		var most atomic.Uint64
		done := make(chan struct{})
		var watch sync.WaitGroup
		watch.Go(func() {
			for tick := time.NewTicker(50 * time.Millisecond); ; {
				select {
				case <-done:
					return
				case <-tick.C:
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most.Store(max(most.Load(), m.HeapInuse))
				}
			}
		})
		o := c.to(b, db)
		var at [Opening + 1]time.Time
		o.Tell = func(p Progress) {
			if at[p.Step].IsZero() {
				at[p.Step] = time.Now()
			}
		}
		b.ResetTimer()
		report, err := Run(b.Context(), o)
		took := b.Elapsed()
		close(done)
		watch.Wait()
		must(b, err)
		b.ReportMetric(float64(report.Trail.Records)/took.Seconds(), "records/s")
		b.ReportMetric(float64(most.Load())/(1<<20), "MiB-heap")
		b.Logf("the file has %d MiB, the database %d", sizeOf(b, c.file())>>20, sizeIn(b, db)>>20)
		b.Logf("%d records, %d rows in %v: copying %v, keeping %v, comparing %v, verifying %v", report.Trail.Records, report.Rows, took.Round(time.Millisecond),
			at[Keeping].Sub(at[Copying]), at[Comparing].Sub(at[Keeping]), at[Verifying].Sub(at[Comparing]), at[Leaving].Sub(at[Verifying]))
	}
}

func sizeOf(b *testing.B, file string) int64 {
	info, err := os.Stat(file)
	must(b, err)
	return info.Size()
}

func sizeIn(b *testing.B, db *pgtest.Database) (bytes int64) {
	conn, err := pgx.Connect(b.Context(), db.Owner)
	must(b, err)
	defer conn.Close(b.Context())
	must(b, conn.QueryRow(b.Context(), `SELECT pg_database_size(current_database())`).Scan(&bytes))
	return bytes
}

// fill keeps messages as a gateway does, many at the same time.
func (l trail) fill(b *testing.B, messages int) {
	b.Helper()
	signer, err := tlog.ParseSigner(l.secret)
	must(b, err)
	s := inFile(b, l.dir)
	log, err := audit.NewSequencer(b.Context(), s, audit.Options{Origin: origin, Signer: signer, Linger: 2 * time.Millisecond})
	must(b, err)
	var all sync.WaitGroup
	var next atomic.Int64
	for range 256 {
		all.Go(func() {
			for i := next.Add(1); i <= int64(messages); i = next.Add(1) {
				if _, err := log.Commit(b.Context(), letter(i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	must(b, log.Close())
	must(b, s.Close())
}

// letter is a message with its decision, as large as they are. Of most the ciphertext is small, as of one that was erased.
func letter(i int64) audit.Change {
	id, bytes := fmt.Sprintf("m-%d", i), make([]byte, 1500)
	_, _ = rand.Read(bytes) // never fails
	envelope := base64.RawURLEncoding.EncodeToString(bytes)
	decided, offered := about(tlog.Decided, id), about(tlog.Offered, id)
	decided.Facts, offered.JWS = []byte(fmt.Sprintf("%q", envelope)), &envelope
	payload := bytes[:1]
	if i%10 == 0 {
		payload = make([]byte, 5800)
	}
	return audit.Change{
		Records: []tlog.Record{decided, offered},
		Writes: []audit.Write{relay.AcceptWrite{
			Message: relay.Stored{ID: id, Kind: "signaal", Time: time.Now(), Case: fmt.Sprint("z-", i/5), SenderOIN: "A", SenderID: "p", Envelope: envelope,
				Recipients: []relay.RecipientState{{Party: "B", Function: "f", People: []string{"q"}, Status: message.Offered}}},
			RecordIndex: 1, Day: "2026-11-21", Inline: map[relay.Part][]byte{relay.PayloadPart: payload},
		}},
	}
}
