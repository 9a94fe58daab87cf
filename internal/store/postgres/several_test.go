package postgres

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

const origin = "sluis.example/log"

// process is what one gateway has of a database that it shares.
type process struct {
	*Store
	log *audit.Sequencer
}

// processes gives n of them with one key.
func processes(t *testing.T, db *pgtest.Database, n int) (list []process, verifier note.Verifier) {
	t.Helper()
	secret, _, err := tlog.GenerateKey(origin)
	must(t, err)
	signer, err := tlog.ParseSigner(secret)
	must(t, err)
	verifier, err = tlog.VerifierOf(secret)
	must(t, err)
	for range n {
		s := opened(t, db)
		log, err := audit.NewSequencer(t.Context(), s, audit.Options{Origin: origin, Signer: signer})
		must(t, err)
		t.Cleanup(func() { must(t, log.Close()) })
		list = append(list, process{s, log})
	}
	return list, verifier
}

// offer is a change with a message.
func offer(id string) audit.Change {
	m := relay.Stored{ID: id, Kind: "signaal", Time: drawnTime, Case: "z-" + id, SenderOIN: "A", SenderID: "p", Envelope: "e." + id, Digest: "d"}
	m.Recipients = []relay.RecipientState{{Party: "B", Function: "f", People: []string{"q"}, Status: message.Offered, Deadline: drawnTime}}
	w := relay.AcceptWrite{Message: m, Day: "2026-11-21", Inline: map[relay.Part][]byte{relay.PayloadPart: []byte("ciphertext of " + id)}}
	return audit.Change{Records: []tlog.Record{{Kind: tlog.Offered, Message: &id, JWS: &m.Envelope}}, Writes: []audit.Write{w}}
}

// TestSeveralProcessesKeepOneLog: what two processes commit at once stands in one order without a gap, each under a checkpoint of one tree;
// of a message that both bring, one is kept, and nothing else in their batches suffers.
func TestSeveralProcessesKeepOneLog(t *testing.T) {
	const senders, each = 4, 12
	db := migrated(t)
	both, verifier := processes(t, db, 2)
	contested := make([]string, each)
	for i := range contested {
		contested[i] = uuid.NewString()
	}
	var mu sync.Mutex
	owner := map[int64]int{} // who wrote a record
	won := map[string]int{}
	var all sync.WaitGroup
	for sender := range 2 * senders {
		p, name := both[sender%2], sender%2
		all.Go(func() {
			for i := range each {
				for _, id := range []string{uuid.NewString(), contested[i]} {
					done, err := p.log.Commit(t.Context(), offer(id))
					if id == contested[i] && errors.Is(err, audit.ErrConflict) {
						continue
					}
					if err != nil {
						t.Error(err)
						return
					}
					receipt, err := done.Receipt(0)
					if err == nil {
						_, err = tlog.VerifyReceipt(receipt, origin, verifier)
					}
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					owner[done.Records[0].Nr] = name
					won[id]++
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	const want = 2*senders*each + each
	head, err := both[0].Head(t.Context())
	must(t, err)
	if head.Size != want || len(owner) != want || len(won) != want {
		t.Fatalf("the log has %d records, %d were answered and %d messages were accepted; want %d of each", head.Size, len(owner), len(won), want)
	}
	turns := 0
	for nr := range head.Size {
		for _, p := range both { // each sees what the other wrote
			receipt, err := p.log.Latest(t.Context(), nr)
			must(t, err)
			_, err = tlog.VerifyReceipt(receipt, origin, verifier)
			must(t, err)
		}
		if nr > 0 && owner[nr] != owner[nr-1] {
			turns++
		}
	}
	if turns < 2 {
		t.Errorf("they took %d turns: this did not happen at once", turns)
	}
}

// TestWhatOneProcessKeptTheOtherMeets: conflicts are found across processes, and refuse nothing but themselves.
func TestWhatOneProcessKeptTheOtherMeets(t *testing.T) {
	both, _ := processes(t, migrated(t), 2)
	taken := uuid.NewString()
	_, err := both[0].log.Commit(t.Context(), offer(taken))
	must(t, err)
	var all sync.WaitGroup
	outcomes := make([]error, 20)
	for i := range outcomes {
		id := fmt.Sprint(taken, i)
		if i%5 == 0 {
			id = taken
		}
		all.Go(func() { _, outcomes[i] = both[1].log.Commit(t.Context(), offer(id)) })
	}
	all.Wait()
	for i, err := range outcomes {
		if i%5 == 0 != errors.Is(err, audit.ErrConflict) || i%5 != 0 && err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// TestOneTokenLetsInOnce: of many who show one token at two processes, exactly one is the first. What a maker of tokens writes in a jti
// does not matter: no length and no byte.
func TestOneTokenLetsInOnce(t *testing.T) {
	db := migrated(t)
	both := []*Store{opened(t, db), opened(t, db)}
	for _, jti := range []string{"1", "", "a\x00b", "\xff", string(make([]byte, 10000))} {
		answers := make([]bool, 8)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				seen, err := both[i%2].Seen(t.Context(), "issuer", jti, drawnTime)
				if err != nil {
					t.Error(err)
				}
				answers[i] = seen
			})
		}
		all.Wait()
		if first := len(answers) - len(slices.DeleteFunc(answers, func(seen bool) bool { return !seen })); first != 1 {
			t.Errorf("%d were the first", first)
		}
	}
	a, b := tokenKey("ab", "c"), tokenKey("a", "bc")
	if slices.Equal(a, b) {
		t.Error("two tokens have one key")
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
