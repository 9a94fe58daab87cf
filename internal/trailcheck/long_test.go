package trailcheck_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// longTrail fills a log as a region does, with so many records: messages of 400 schools and a police that is part of all of them, offered,
// fetched, confirmed and erased, and one in ten refused. A decision has the facts of a real one. It gives the log's public key.
func longTrail(tb testing.TB, store audit.Store, records int) (public string) {
	tb.Helper()
	secret, public, err := tlog.GenerateKey(origin)
	must(tb, err)
	signer, err := tlog.ParseSigner(secret)
	must(tb, err)
	facts, err := os.ReadFile(filepath.Join("..", "store", "conformance", "testdata", "feiten.json"))
	must(tb, err)
	// Small batches: a region is seldom so busy that many share a checkpoint.
	log, err := audit.NewSequencer(tb.Context(), store, audit.Options{Origin: origin, Signer: signer, Batch: 8, Linger: -1})
	must(tb, err)
	ctx, cancel := context.WithCancelCause(tb.Context())
	defer cancel(nil)
	var done, messages atomic.Int64
	var group sync.WaitGroup
	for range 32 {
		group.Go(func() {
			for done.Load() < int64(records) && ctx.Err() == nil {
				for _, c := range life(int(messages.Add(1)), facts) {
					if _, err := log.Commit(ctx, c); err != nil {
						cancel(err)
						return
					}
					done.Add(int64(len(c.Records)))
				}
			}
		})
	}
	group.Wait()
	must(tb, context.Cause(ctx))
	must(tb, log.Close())
	return public
}

// life is what happens to the nth message, one commit after another.
func life(n int, facts json.RawMessage) []audit.Change {
	const police, function = "00000099000000010000", vocabulary.Function("wijkagent")
	from := tlog.Actor{Party: fmt.Sprintf("000000990003%08d", n%400), Participant: fmt.Sprintf("vc-%d", n%3), Function: "veiligheidscoordinator"}
	by := tlog.Actor{Party: police, Participant: fmt.Sprintf("wa-%d", n%300), Function: string(function)}
	id, kase := uuid.Must(uuid.NewV7()).String(), uuid.Must(uuid.NewV7()).String()
	jws, confirmed := signature(1200), signature(900)
	r := tlog.Record{
		Kind: tlog.Decided, Message: &id, Case: &kase, Sender: &from, Convenant: &tlog.ConvenantRef{ID: "regio-school-en-veiligheid", Version: 3},
		Purpose: ptr("veilige-school"), Basis: ptr("avg-6-1-e"), Categories: []string{"signaal", "incident"}, Phase: ptr(2), Decision: ptr(audit.Allowed),
		Recipients: []tlog.Target{{Party: police, Function: by.Function, Participants: []string{by.Participant}}}, Facts: facts, JWS: &jws,
	}
	if n%10 == 0 {
		r.Decision, r.Reasons = ptr("geweigerd"), []string{"ouders-niet-geinformeerd"}
		return []audit.Change{{Records: []tlog.Record{r}}}
	}
	about := func(kind tlog.RecordKind, who tlog.Actor, jws *string) tlog.Record {
		return tlog.Record{Kind: kind, Message: &id, Case: &kase, Sender: &who, Recipients: r.Recipients, JWS: jws}
	}
	offered, back := about(tlog.Offered, from, &jws), []tlog.Target{{Party: from.Party}}
	offered.Facts = facts
	received := about(tlog.Received, by, &confirmed)
	received.Recipients = back
	fetched := about(tlog.Fetched, by, nil)
	fetched.Recipients = back
	return []audit.Change{
		{Records: []tlog.Record{r, offered}, Writes: []audit.Write{relay.AcceptWrite{RecordIndex: 1, Day: "2026-11-21",
			Inline: map[relay.Part][]byte{relay.PayloadPart: []byte("lading")},
			Message: relay.Stored{ID: id, Kind: "signaal", Time: time.Now(), SenderOIN: "A", Case: kase, Envelope: jws,
				Recipients: []relay.RecipientState{{Party: police, Function: function, Status: message.Offered}}}}}},
		{Records: []tlog.Record{fetched}},
		{Records: []tlog.Record{received, about(tlog.Erased, from, nil)}, Writes: []audit.Write{
			relay.ConfirmWrite{Message: id, Party: police, Function: function, From: message.Offered, To: "ontvangen", Kind: message.Received, Compact: confirmed},
			relay.EraseWrite{Message: id, Part: relay.PayloadPart}}},
	}
}

// signature is a text of the length and the letters of one.
func signature(length int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	var b strings.Builder
	for range length {
		b.WriteByte(letters[rand.IntN(len(letters))])
	}
	return b.String()
}
