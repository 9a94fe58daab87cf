package postgres

import (
	"slices"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// heard is what other processes must hear of a transaction; see [audit.Heard].
type heard struct {
	registry bool
	parties  []string // received something
	moved    []string // messages of which the sender must hear
}

func (h *heard) party(oin string)        { h.parties = append(h.parties, oin) }
func (h *heard) senderOf(message string) { h.moved = append(h.moved, message) }

// mostSenders is how many senders go in one word to the others, so that it stays under what PostgreSQL takes.
const mostSenders = 150

// notify queues what the other processes must hear. It is handed on when the transaction commits, and never when it does not.
func (t *transaction) notify(self string) {
	for _, text := range payloads(self, audit.Heard{Parties: t.heard.parties, Registry: t.heard.registry}) {
		t.batch.Queue(`SELECT pg_notify($1, $2)`, channel, text)
	}
	for part := range slices.Chunk(t.heard.moved, mostSenders) {
		t.batch.Queue(`
			SELECT pg_notify($1, $2 || string_agg(DISTINCT sender_party, ',')) FROM sluis.message WHERE id = ANY ($3) HAVING count(*) > 0`,
			channel, self+" - ", part)
	}
}
